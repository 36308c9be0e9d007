import type { GroupTree } from './group-tree.ts';

/** One member that a delta round says was added to, or removed from, a group. */
export interface MemberChange {
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly removed: boolean;
}

/** What a delta round says of one group. The same group may come several times in a round, in slices. */
export interface GroupChange {
  readonly groupId: string;
  /** The group itself was deleted: it has no members any more, as far as we are concerned. */
  readonly deleted: boolean;
  readonly members: readonly MemberChange[];
}

/**
 * The tree after the changes, applied in their order; the given tree stays as it is. Changes of groups that are not in
 * the tree are left out: whoever finds a new group reads its members whole.
 */
export function applyGroupChanges(tree: GroupTree, changes: readonly GroupChange[]): GroupTree {
  const changed = new Map<string, { users: Set<string>; groups: Set<string> }>();
  for (const change of changes) {
    const before = tree.get(change.groupId);
    if (!before) continue;
    // Copied once, not for each of the slices that a large group comes in.
    const sofar = changed.get(change.groupId) ?? { users: new Set(before.users), groups: new Set(before.groups) };
    const after = change.deleted ? { users: new Set<string>(), groups: new Set<string>() } : sofar;
    for (const member of change.members) applyMember(after, member);
    changed.set(change.groupId, after);
  }
  return new Map([...tree, ...changed]);
}

function applyMember(members: { users: Set<string>; groups: Set<string> }, { kind, id, removed }: MemberChange): void {
  const ids = kind === 'user' ? members.users : members.groups;
  if (removed) ids.delete(id);
  else ids.add(id);
}
