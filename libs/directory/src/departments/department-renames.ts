/** The department of somebody who is active, at some time and now; null where they had none, or were not there. */
export interface DepartmentMove {
  readonly before: string | null;
  readonly now: string | null;
}

/** That a department may have another name now. */
export interface DepartmentRename {
  readonly from: string;
  readonly to: string;
  /** How many were moved from the one to the other. */
  readonly moved: number;
  /** How many of those who are active had been in `from`, or came there since. */
  readonly of: number;
}

/** Two people who change together are no department. */
export const FEWEST_MOVED = 3;

/**
 * The departments more than half of whose people are in one other department now in which nobody had been: renamed, as it
 * seems. A department that joins one that was there is none, and neither is one that was split into small parts.
 */
export function departmentRenames(moves: readonly DepartmentMove[]): DepartmentRename[] {
  const before = counted(moves.map((move) => move.before));
  const cameSince = counted(moves.filter((move) => move.before === null).map((move) => move.now));
  const pairs = counted(
    moves.flatMap(({ before: from, now: to }) => (from === null || to === null ? [] : [JSON.stringify([from, to])])),
  );
  return [...pairs].flatMap(([pair, moved]) => {
    const [from, to] = JSON.parse(pair) as [string, string];
    const of = (before.get(from) ?? 0) + (cameSince.get(from) ?? 0);
    const isRename = from !== to && moved >= FEWEST_MOVED && moved * 2 > of && !before.has(to);
    return isRename ? [{ from, to, moved, of }] : [];
  });
}

function counted<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
