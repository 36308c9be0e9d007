import type { DirectMembers, GroupTree, Shortage } from '@learnamp/directory';
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
  /** Of every group whose list was read. */
  readonly shortages: ReadonlyMap<string, Shortage | null>;
}

/** What is known of a group besides its members, as far as it was read. */
interface Known {
  readonly displayName?: string;
  readonly shortage?: Shortage | null;
}

/**
 * Replaces the saved tree by `after`: writes the groups that differ from `before` or have a name that was read, and drops
 * those that are gone. What wasn't read stays as it is.
 */
export async function saveTree(
  model: Model<GroupNode>,
  organisationId: string,
  { before, after, names, shortages }: SavedTrees,
  session: ClientSession,
): Promise<void> {
  const changed = [...after].filter(([groupId, members]) => before.get(groupId) !== members || names.has(groupId));
  const gone = [...before.keys()].filter((groupId) => !after.has(groupId));
  const knownOf = (groupId: string): Known => {
    const [displayName, shortage] = [names.get(groupId), shortages.get(groupId)];
    return { ...(displayName === undefined ? {} : { displayName }), ...(shortage === undefined ? {} : { shortage }) };
  };
  const operations = [
    ...changed.map(([groupId, members]) => writeNode(organisationId, groupId, members, knownOf(groupId))),
    ...gone.map((groupId) => ({ deleteOne: { filter: { _id: nodeId(organisationId, groupId) } } })),
  ];
  if (operations.length > 0) await model.bulkWrite(operations, { session, ordered: false });
}

const nodeId = (organisationId: string, groupId: string) => `${organisationId}:${groupId}`;

function writeNode(organisationId: string, groupId: string, members: DirectMembers, known: Known) {
  return {
    updateOne: {
      filter: { _id: nodeId(organisationId, groupId) },
      update: {
        $set: { organisationId, groupId, ...known, userIds: [...members.users], groupIds: [...members.groups] },
      },
      upsert: true,
    },
  };
}
