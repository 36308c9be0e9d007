/** What the place of a team depends on. */
export interface Placed {
  readonly id: string;
  readonly parentId: string | null;
}

/** A team with the teams below it. */
export type TeamNode<Team extends Placed> = Team & { readonly children: readonly TeamNode<Team>[] };

/**
 * Teams as a tree, in the order in which they come. Each is in it once: one whose parent isn't there, or that is below
 * itself, is at the top.
 */
export function treeOf<Team extends Placed>(teams: readonly Team[]): readonly TeamNode<Team>[] {
  const parents = parentsOf(teams);
  const below = new Map<string | null, Team[]>();
  for (const team of teams) {
    const parent = isPlaceable(team, parents) ? team.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), team]);
  }
  const nodesBelow = (parent: string | null): readonly TeamNode<Team>[] =>
    (below.get(parent) ?? []).map((team) => ({ ...team, children: nodesBelow(team.id) }));
  return nodesBelow(null);
}

/** Whether a team can be shown below its parent. */
const isPlaceable = ({ id, parentId }: Placed, parents: ReadonlyMap<string, string | null>): boolean =>
  parentId !== null && parents.has(parentId) && !isUnder(parentId, id, parents);

/** Whether a team is the other one, or anywhere below it. */
export const isUnder = (teamId: string, other: string, parents: ReadonlyMap<string, string | null>): boolean =>
  upwards(teamId, parents).includes(other);

/** A team, the one above it, and so on; each once, also where they lead back. */
export function upwards(teamId: string, parents: ReadonlyMap<string, string | null>): readonly string[] {
  const seen = new Set<string>();
  for (let at: string | null = teamId; at !== null && !seen.has(at); at = parents.get(at) ?? null) seen.add(at);
  return [...seen];
}

export const parentsOf = (teams: readonly Placed[]): ReadonlyMap<string, string | null> =>
  new Map(teams.map(({ id, parentId }) => [id, parentId]));
