import type { GroupTree } from '@learnamp/directory';
import {
  type ConflictDocument,
  conflictId,
  conflictModel,
  type LearnerDocument,
  learnerModel,
  type ProvisioningLogDocument,
  provisioningLogModel,
  type RunDocument,
  runModel,
  type TeamDocument,
  teamModel,
} from '@learnamp/learners';
import type { OpenSettings } from '@learnamp/organisations';
import {
  type GroupNode,
  groupNodeModel,
  type HeldSet,
  heldSetModel,
  type Inspection,
  type PersonRecord,
  personRecordId,
  personRecordModel,
  type WorkRecord,
  workRecordModel,
} from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import type { Facts } from './facts.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Names and addresses are compared without regard to case. */
const caseless = { locale: 'en', strength: 2 } as const;
const LONGEST_CHAIN = 50;

export interface Asked {
  readonly connection: Connection;
  readonly organisation: OpenSettings;
  /** An object id, a user principal name or an address. */
  readonly who: string;
  readonly now: Date;
  /** What the directory says of the same person. */
  readonly inspection: Inspection | null;
}

/** Reads everything that is stored about a person. Writes nothing. */
export async function gatherFacts(asked: Asked): Promise<Facts> {
  const { connection, organisation, who, now, inspection } = asked;
  const named = await learnerNamed(asked);
  const personId =
    inspection?.person?.id ?? named?.sources.microsoft?.personId ?? (await recordedId(asked)) ?? idIn(who);
  const isSame = named === null || (named.sources.microsoft?.personId ?? null) === personId;
  const learner = isSame ? named : personId === null ? null : await learnerOf(asked, personId);
  const record =
    personId === null
      ? null
      : await personRecordModel(connection).findById(personRecordId(organisation.id, personId)).lean<PersonRecord>();
  const managerId = learner?.manager?.personId ?? record?.emitted?.state.managerId ?? null;
  return {
    ...{ organisation, who, now, personId, learner, record, inspection },
    namesake: isSame ? null : named,
    ...(await readConflict(asked, personId)),
    ...(await readGroups(asked, personId)),
    manager: managerId === null ? null : await learnerOf(asked, managerId),
    circle: learner ? await circleOf(asked, learner) : [],
    team: learner?.primaryTeamId ? await readTeam(connection, learner.primaryTeamId) : null,
    heldSet: await heldSetModel(connection).findById(organisation.id).lean<HeldSet>(),
    lastChange: learner ? await readLastChange(connection, learner._id) : null,
    lastRuns: await readLastRuns(asked),
    work: await workRecordModel(connection)
      .findById(organisation.id, 'nextDeltaAt nextFullAt pausedUntil')
      .lean<WorkRecord>(),
  };
}

async function readConflict({ connection, organisation }: Asked, personId: string | null) {
  const open = { _id: conflictId(organisation.id, personId ?? ''), state: { $ne: 'settled' as const } };
  const conflict = await conflictModel(connection).findOne(open).lean<ConflictDocument>();
  const ids = conflict?.candidates.map(({ learnerId }) => learnerId) ?? [];
  const candidates = await learnerModel(connection)
    .find({ organisationId: organisation.id, _id: { $in: ids } })
    .lean<LearnerDocument[]>();
  return { conflict, candidates };
}

const idIn = (who: string) => (GUID.test(who) ? who.toLowerCase() : null);

function learnerOf({ connection, organisation }: Asked, personId: string): Promise<LearnerDocument | null> {
  const isThere: object = { tombstone: { $ne: true } };
  const whose = { organisationId: organisation.id, 'sources.microsoft.personId': personId, ...isThere };
  return learnerModel(connection).findOne(whose).lean<LearnerDocument>().exec();
}

async function learnerNamed(asked: Asked): Promise<LearnerDocument | null> {
  const { connection, organisation, who } = asked;
  const id = idIn(who);
  if (id !== null) return learnerOf(asked, id);
  const names = ['sources.microsoft.userPrincipalName', 'fields.email', 'sources.microsoft.mail'];
  return learnerModel(connection)
    .findOne({ organisationId: organisation.id, $or: names.map((name) => ({ [name]: who })) })
    .collation(caseless)
    .lean<LearnerDocument>();
}

/** The id of somebody who is no learner: their addition is held, or their state is on its way. */
async function recordedId({ connection, organisation, who }: Asked): Promise<string | undefined> {
  const names = ['emitted.state.userPrincipalName', 'proposal.state.userPrincipalName'];
  const record = await personRecordModel(connection)
    .findOne({ organisationId: organisation.id, $or: names.map((name) => ({ [name]: who })) }, 'personId')
    .collation(caseless)
    .lean<Pick<PersonRecord, 'personId'>>();
  return record?.personId;
}

/** Without the ids of everybody else, of whom there may be very many. */
async function readGroups({ connection, organisation }: Asked, personId: string | null) {
  const groups = groupNodeModel(connection);
  const organisationId = organisation.id;
  const nodes = await groups.find({ organisationId }, 'groupId groupIds displayName').lean<GroupNode[]>();
  const around = personId === null ? [] : await groups.find({ organisationId, userIds: personId }, 'groupId').lean();
  const direct = new Set(around.map(({ groupId }) => groupId));
  const tree: GroupTree = new Map(
    nodes.map(({ groupId, groupIds }) => [
      groupId,
      { users: new Set(personId !== null && direct.has(groupId) ? [personId] : []), groups: new Set(groupIds) },
    ]),
  );
  const named = nodes.flatMap(({ groupId, displayName }) => (displayName ? [[groupId, displayName] as const] : []));
  return { tree, groupNames: new Map(named) };
}

async function circleOf(asked: Asked, learner: LearnerDocument): Promise<LearnerDocument[]> {
  const chain = [learner];
  for (let at = learner; at.manager && chain.length < LONGEST_CHAIN;) {
    const next = await learnerOf(asked, at.manager.personId);
    if (!next) return [];
    if (next._id === learner._id) return chain;
    if (chain.some(({ _id }) => _id === next._id)) return [];
    chain.push(next);
    at = next;
  }
  return [];
}

async function readTeam(connection: Connection, teamId: string): Promise<Facts['team']> {
  const teams = teamModel(connection);
  const team = await teams.findById(teamId).lean<TeamDocument>();
  if (!team) return null;
  const parent = team.parentId === null ? null : await teams.findById(team.parentId).lean<TeamDocument>();
  return { ...team, parentName: parent?.name ?? null };
}

const readLastChange = (connection: Connection, learnerId: string) =>
  provisioningLogModel(connection).findOne({ learnerId }).sort({ at: -1 }).lean<ProvisioningLogDocument>().exec();

async function readLastRuns({ connection, organisation }: Asked): Promise<RunDocument[]> {
  // Nothing of a preview has taken effect.
  const ended = { organisationId: organisation.id, finishedAt: { $ne: null }, mode: { $ne: 'preview' } };
  const newest = (filter: object) => runModel(connection).findOne(filter).sort({ startedAt: -1 }).lean<RunDocument>();
  const found = await Promise.all([newest(ended), newest({ ...ended, mode: 'full' })]);
  const runs = found.filter((run) => run !== null);
  return [...new Map(runs.map((run) => [run._id, run])).values()];
}
