import { GraphError } from '../errors/graph-error.ts';
import { memberKind, type MemberRef } from '../members/list-members.ts';

/** `changed`: soft-deleted, may come back. `deleted`: for good (Graph, delta query overview). */
export type RemovedReason = 'changed' | 'deleted';

/** A user of whom something that is tracked has changed. A hint: what it is now, a read says. */
export interface UserDelta {
  readonly id: string;
  readonly removed?: RemovedReason;
}

/** A member that came (`removed: false`) or went. `kind` is undefined where Graph named no type, or none of ours. */
export interface MemberDelta {
  readonly id: string;
  readonly kind?: MemberRef['kind'];
  readonly removed: boolean;
}

/** A group that changed. `members` is one slice of the changes: a large group comes in several rows. */
export interface GroupDelta {
  readonly id: string;
  readonly displayName?: string;
  readonly removed?: RemovedReason;
  /** Undefined when the members did not change, or when there are none. */
  readonly members?: readonly MemberDelta[];
}

type Row = Readonly<Record<string, unknown>>;

export function readUserDelta(row: Row): UserDelta {
  const removed = removedReason(row['@removed']);
  return { id: idOf(row), ...(removed ? { removed } : {}) };
}

export function readGroupDelta(row: Row): GroupDelta {
  const removed = removedReason(row['@removed']);
  const { displayName, 'members@delta': members } = row;
  if (members !== undefined && !Array.isArray(members)) throw unexpected('a change of members is not a list');
  return {
    id: idOf(row),
    ...(typeof displayName === 'string' ? { displayName } : {}),
    ...(removed ? { removed } : {}),
    ...(members ? { members: (members as unknown[]).map(readMemberDelta) } : {}),
  };
}

function readMemberDelta(member: unknown): MemberDelta {
  const row = (member ?? {}) as Row;
  const type = row['@odata.type'];
  const kind = typeof type === 'string' ? memberKind(type) : undefined;
  return { id: idOf(row), removed: row['@removed'] !== undefined, ...(kind ? { kind } : {}) };
}

function removedReason(removed: unknown): RemovedReason | undefined {
  if (removed === undefined || removed === null) return undefined;
  // An unknown reason is read as the weaker one: who is gone for good is found by a read of their own.
  return (removed as Row)['reason'] === 'deleted' ? 'deleted' : 'changed';
}

function idOf(row: Row): string {
  const { id } = row;
  if (typeof id !== 'string') throw unexpected('a changed object has no id');
  return id;
}

const unexpected = (message: string) => new GraphError('unexpected-response', message);
