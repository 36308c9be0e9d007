import { closure, type GroupTree } from '@learnamp/directory';
import type { Organisation } from '@learnamp/organisations';
import type { GroupNode, PersonRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';

export interface KnownPeopleDeps {
  readonly personRecords: Model<PersonRecord>;
  readonly groupNodes: Model<GroupNode>;
}

/** What directory-sync knows of somebody who is no learner. */
export interface KnownPerson {
  /** They are wanted as a learner, or in the group, so that they may be wanted yet. */
  readonly mayCome: boolean;
  readonly name: string | null;
}

type Whose = Pick<Organisation, 'id' | 'microsoft'>;

/**
 * Whether people may still come: because a state by which they are active was decided or is held (their record), or because
 * the group as it was read last has them, as it has disabled accounts and people who couldn't be read. Of anybody else
 * only the id is known, by which their reports name them.
 */
export async function knownPeople(
  deps: KnownPeopleDeps,
  organisation: Whose,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  if (personIds.length === 0) return new Map();
  const [records, inGroup] = await Promise.all([
    deps.personRecords
      .find({ organisationId: organisation.id, personId: { $in: [...personIds] } }, 'personId pending emitted proposal')
      .lean<PersonRecord[]>(),
    groupPeople(deps, organisation, personIds),
  ]);
  const byId = new Map(records.map((record) => [record.personId, record]));
  return new Map(
    personIds.map((personId) => {
      const record = byId.get(personId);
      const name = record ? nameIn(record) : null;
      return [personId, { name, mayCome: inGroup.has(personId) || isWanted(record) }] as const;
    }),
  );
}

/** By the newest state that was decided, or by the one that waits for approval. */
const isWanted = (record: PersonRecord | undefined) =>
  (record?.pending ?? record?.emitted?.state)?.active === true || record?.proposal?.state.active === true;

function nameIn({ proposal, pending, emitted }: PersonRecord): string | null {
  const state = proposal?.state ?? pending ?? emitted?.state;
  return state?.fields.displayName ?? state?.userPrincipalName ?? null;
}

/** Those of the people whom the group has, nested groups included. Nobody else's id leaves the database. */
async function groupPeople(
  { groupNodes }: KnownPeopleDeps,
  { id: organisationId, microsoft }: Whose,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!microsoft?.groupId) return new Set();
  const nodes = await groupNodes.aggregate<Pick<GroupNode, 'groupId' | 'groupIds' | 'userIds'>>([
    { $match: { organisationId } },
    { $project: { _id: 0, groupId: 1, groupIds: 1, userIds: { $setIntersection: ['$userIds', [...personIds]] } } },
  ]);
  const tree: GroupTree = new Map(
    nodes.map(({ groupId, groupIds, userIds }) => [groupId, { users: new Set(userIds), groups: new Set(groupIds) }]),
  );
  return closure(tree, microsoft.groupId).users;
}
