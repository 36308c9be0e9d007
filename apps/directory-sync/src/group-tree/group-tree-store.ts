import type { DirectMembers, GroupTree } from '@learnamp/directory';
import type { GroupNode } from '@learnamp/sync-state';
import type { ClientSession, Model } from 'mongoose';

/** The organisation's tree as it was saved last. */
export async function loadTree(model: Model<GroupNode>, organisationId: string): Promise<GroupTree> {
  const nodes = await model.find({ organisationId }).lean();
  return new Map(nodes.map((node) => [node.groupId, { users: new Set(node.userIds), groups: new Set(node.groupIds) }]));
}

/** Replaces the saved tree by `tree`: writes the groups that differ from `before` and drops those that are gone. */
export async function saveTree(
  model: Model<GroupNode>,
  organisationId: string,
  { before, after }: { readonly before: GroupTree; readonly after: GroupTree },
  session: ClientSession,
): Promise<void> {
  const changed = [...after].filter(([groupId, members]) => before.get(groupId) !== members);
  const gone = [...before.keys()].filter((groupId) => !after.has(groupId));
  const operations = [
    ...changed.map(([groupId, members]) => writeNode(organisationId, groupId, members)),
    ...gone.map((groupId) => ({ deleteOne: { filter: { _id: nodeId(organisationId, groupId) } } })),
  ];
  if (operations.length > 0) await model.bulkWrite(operations, { session, ordered: false });
}

const nodeId = (organisationId: string, groupId: string) => `${organisationId}:${groupId}`;

function writeNode(organisationId: string, groupId: string, members: DirectMembers) {
  return {
    updateOne: {
      filter: { _id: nodeId(organisationId, groupId) },
      update: { $set: { organisationId, groupId, userIds: [...members.users], groupIds: [...members.groups] } },
      upsert: true,
    },
  };
}
