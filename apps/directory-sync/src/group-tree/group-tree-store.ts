import type { DirectMembers, GroupTree } from '@learnamp/directory';
import type { GroupNode } from '@learnamp/sync-state';
import type { ClientSession, Model } from 'mongoose';

/** The organisation's tree as it was saved last. */
export async function loadTree(model: Model<GroupNode>, organisationId: string): Promise<GroupTree> {
  const nodes = await model.find({ organisationId }).lean();
  return new Map(nodes.map((node) => [node.groupId, { users: new Set(node.userIds), groups: new Set(node.groupIds) }]));
}

export interface SavedTrees {
  readonly before: GroupTree;
  readonly after: GroupTree;
  /** Names of groups by id, as far as they were read. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Replaces the saved tree by `after`: writes the groups that differ from `before` and drops those that are gone. A name
 * that isn't among `names` stays as it is.
 */
export async function saveTree(
  model: Model<GroupNode>,
  organisationId: string,
  { before, after, names }: SavedTrees,
  session: ClientSession,
): Promise<void> {
  const changed = [...after].filter(([groupId, members]) => before.get(groupId) !== members);
  const gone = [...before.keys()].filter((groupId) => !after.has(groupId));
  const operations = [
    ...changed.map(([groupId, members]) => writeNode(organisationId, groupId, members, names.get(groupId))),
    ...gone.map((groupId) => ({ deleteOne: { filter: { _id: nodeId(organisationId, groupId) } } })),
  ];
  if (operations.length > 0) await model.bulkWrite(operations, { session, ordered: false });
}

const nodeId = (organisationId: string, groupId: string) => `${organisationId}:${groupId}`;

function writeNode(organisationId: string, groupId: string, members: DirectMembers, displayName: string | undefined) {
  const named = displayName === undefined ? {} : { displayName };
  return {
    updateOne: {
      filter: { _id: nodeId(organisationId, groupId) },
      update: {
        $set: { organisationId, groupId, ...named, userIds: [...members.users], groupIds: [...members.groups] },
      },
      upsert: true,
    },
  };
}
