/** The direct members of one group, as far as they matter here: other kinds (devices, contacts) are no people. */
export interface DirectMembers {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Direct members by group id. It is a graph, not a tree: groups may contain each other. */
export type GroupTree = ReadonlyMap<string, DirectMembers>;

/** Whether two readings of a group have the same direct members. A group that isn't known is like none. */
export function sameMembers(one: DirectMembers | undefined, other: DirectMembers): boolean {
  const same = (ids: ReadonlySet<string>, others: ReadonlySet<string>) =>
    ids.size === others.size && [...ids].every((id) => others.has(id));
  return one !== undefined && same(one.users, other.users) && same(one.groups, other.groups);
}

/** Everyone and every group that can be reached from a root. The root itself is among the groups. */
export interface Closure {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Walks from `rootId` through nested groups. A group is visited once, so cycles end; unknown groups count as empty. */
export function closure(tree: GroupTree, rootId: string): Closure {
  const users = new Set<string>();
  const groups = new Set([rootId]);
  // A Set is iterated in insertion order and sees what is added meanwhile: it is the queue and the visited set.
  for (const groupId of groups) {
    const members = tree.get(groupId);
    if (!members) continue;
    for (const user of members.users) users.add(user);
    for (const group of members.groups) groups.add(group);
  }
  return { users, groups };
}

/** A person's shortest chain of groups from the root to one that has them as a direct member, where there is one. */
export type PathOf = (userId: string) => readonly string[] | undefined;

/** Answers "why is this person here?", for many people by one walk. */
export function pathsFrom(tree: GroupTree, rootId: string): PathOf {
  const chains = new Map<string, readonly string[]>([[rootId, [rootId]]]);
  // As in `closure`: the nearest to the root come first.
  for (const [groupId, chain] of chains) {
    for (const child of tree.get(groupId)?.groups ?? []) {
      if (!chains.has(child)) chains.set(child, [...chain, child]);
    }
  }
  return (userId) => {
    for (const [groupId, chain] of chains) if (tree.get(groupId)?.users.has(userId)) return chain;
    return undefined;
  };
}

/** The chain of one person. */
export const pathTo = (tree: GroupTree, rootId: string, userId: string): readonly string[] | undefined =>
  pathsFrom(tree, rootId)(userId);

/** A group of a tree as it is shown, with how many it has directly. */
export interface TreeRow {
  readonly id: string;
  readonly displayName: string | null;
  /** 0 for the root. */
  readonly depth: number;
  readonly people: number;
  readonly groups: number;
}

/** The first `most` groups of a tree as it is read from top to bottom; a group that is in several is where it is met first. */
export function treeRows(
  tree: GroupTree,
  rootId: string,
  { names, most }: { readonly names: ReadonlyMap<string, string>; readonly most: number },
): TreeRow[] {
  const shown = new Map<string, TreeRow>();
  const show = (id: string, depth: number): void => {
    const members = tree.get(id);
    if (!members || shown.has(id) || shown.size === most) return;
    const displayName = names.get(id) || null;
    shown.set(id, { id, displayName, depth, people: members.users.size, groups: members.groups.size });
    for (const child of members.groups) show(child, depth + 1);
  };
  show(rootId, 0);
  return [...shown.values()];
}
