import { closure, type GroupTree, treeRows } from '@learnamp/directory';
import type { Organisation } from '@learnamp/organisations';
import type { GroupNode } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { ShownGroup } from '../tenant-connection/answer-view.ts';

export const StoredTree = Type.Object({
  /** The group with what is nested in it, as it was read last; null where there is none, or none has been read. */
  group: Type.Union([ShownGroup, Type.Null()]),
});
export type StoredTree = Static<typeof StoredTree>;

export interface StoredTreeDeps {
  readonly groupNodes: Model<GroupNode>;
}

// As many as a page can show; what is counted is all of it.
const ROWS = 500;

/** Everybody is counted once, however many ways lead there. */
export async function readTree(
  { groupNodes }: StoredTreeDeps,
  { id: organisationId, microsoft }: Pick<Organisation, 'id' | 'microsoft'>,
): Promise<StoredTree> {
  const rootId = microsoft?.groupId;
  if (!rootId) return { group: null };
  const nodes = await groupNodes.find({ organisationId }, 'groupId displayName userIds groupIds').lean();
  const tree: GroupTree = new Map(
    nodes.map(({ groupId, userIds, groupIds }) => [groupId, { users: new Set(userIds), groups: new Set(groupIds) }]),
  );
  if (!tree.has(rootId)) return { group: null };
  const names = new Map(
    nodes.flatMap(({ groupId, displayName }) => (displayName ? [[groupId, displayName] as const] : [])),
  );
  const { users, groups } = closure(tree, rootId);
  const about = { id: rootId, displayName: names.get(rootId) ?? null, people: users.size, nested: groups.size - 1 };
  return { group: { ...about, tree: treeRows(tree, rootId, { names, most: ROWS }) } };
}
