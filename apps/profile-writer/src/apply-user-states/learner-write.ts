import type { LearnerDocument, MicrosoftSource } from '@learnamp/learners';
import type { GuardedWrite } from '@learnamp/mongo';
import { bareSourceOf } from '../matching/bare-source.ts';
import { keysOfLearner } from '../matching/match-keys.ts';
import { lastPath } from '../provisioning-log/last-path.ts';
import { departmentTeamOf } from '../teams/department-team-of.ts';
import type { Merges } from '../teams/read-merges.ts';
import { noFields } from './no-fields.ts';
import type { Plan } from './plan-state.ts';

export interface LearnerWriteContext {
  readonly now: Date;
  readonly merges: Merges;
  /** The learner that a person is, or is after this round; null of somebody who is none. */
  readonly learnerOf: (organisationId: string, personId: string) => string | null;
}

/** What a write sets: always, and besides where the learner is new. */
interface Settings {
  readonly always: Partial<Omit<LearnerDocument, '_id' | 'sources'>>;
  readonly source: MicrosoftSource;
  readonly whenNew: Partial<Omit<LearnerDocument, '_id' | 'sources'>>;
}

/** The write of a plan's learner, for `guardedUpserts` on the version of the Microsoft source. */
export function learnerWrite(plan: Plan, context: LearnerWriteContext): GuardedWrite {
  const { always, source, whenNew } = plan.state.active
    ? activeSettings(plan, context)
    : inactiveSettings(plan, context);
  const update = {
    $set: { ...always, 'sources.microsoft': source, ...(plan.endsManual ? { 'sources.manual.active': false } : {}) },
    $setOnInsert: whenNew,
    ...(plan.state.active ? { $unset: { tombstone: true, keptAsLastOwner: true } } : {}),
    ...increments(plan),
  };
  const insert = { ...whenNew, ...always, sources: { microsoft: source } };
  return {
    id: plan.learnerId,
    version: plan.state.version,
    update,
    // What was said by hand, and whose learner it is, are parts of the plan.
    unchanged: {
      'sources.microsoft.personId': plan.state.personId,
      'sources.manual.version': plan.stored?.sources.manual?.version ?? null,
    },
    ...(plan.stored ? {} : { insert }),
  };
}

function increments({ outcome, endsManual }: Plan) {
  const counts = {
    // Raised, not set: whoever else ends this learner's sessions must not be undone.
    ...(outcome === 'deactivated' ? { sessionVersion: 1 } : {}),
    ...(endsManual ? { 'sources.manual.version': 1 } : {}),
  };
  return Object.keys(counts).length > 0 ? { $inc: counts } : {};
}

function activeSettings(plan: Plan, { now, merges, learnerOf }: LearnerWriteContext): Settings {
  const { state, stored, action } = plan;
  const { organisationId } = state;
  const source = sourceOf(plan);
  const reborn = stored?.tombstone === true;
  return {
    always: {
      organisationId,
      active: true,
      ...profileOf(plan, source, merges),
      ...managerOf(state, learnerOf),
      ...(action ? { updatedAt: now } : {}),
      ...(reborn ? { createdAt: now } : {}),
    },
    source,
    whenNew: {
      ...(state.managerId === undefined ? { manager: null } : {}),
      sessionVersion: 1,
      ...(action ? {} : { updatedAt: now }),
      ...(reborn ? {} : { createdAt: now }),
    },
  };
}

/** What is shown of a learner, and by what they are found. */
const profileOf = ({ state: { organisationId }, stored, shown }: Plan, source: MicrosoftSource, merges: Merges) => ({
  fields: shown.fields,
  ...(Object.keys(shown.customFields).length > 0 ? { customFields: shown.customFields } : {}),
  primaryTeamId: departmentTeamOf(organisationId, shown.fields.department, merges)?._id ?? null,
  matchKeys: keysOfLearner({ ...stored, fields: shown.fields, sources: { ...stored?.sources, microsoft: source } }),
});

/** Touches nothing of the profile, unless it is that by hand from now on. A learner that isn't there becomes a tombstone. */
function inactiveSettings(plan: Plan, { now, merges }: LearnerWriteContext): Settings {
  const { state, stored, action, isKept, active, outcome } = plan;
  const tombstone = !stored || stored.tombstone === true;
  const source = tombstone ? bareSourceOf(state) : sourceOf(plan);
  return {
    always: {
      organisationId: state.organisationId,
      ...(isKept ? { active: true, keptAsLastOwner: true } : { active }),
      ...(outcome === 'updated' ? profileOf(plan, source, merges) : {}),
      ...(action ? { updatedAt: now } : {}),
    },
    source,
    // Whoever goes on by hand is there.
    whenNew: outcome === 'updated' ? {} : bareProfile(plan, now),
  };
}

const bareProfile = ({ action }: Plan, now: Date): Settings['whenNew'] => ({
  ...{ fields: noFields, manager: null, primaryTeamId: null, tombstone: true, createdAt: now },
  ...(action ? {} : { updatedAt: now, sessionVersion: 1 }),
});

function managerOf(
  { organisationId, managerId }: Plan['state'],
  learnerOf: LearnerWriteContext['learnerOf'],
): Pick<LearnerDocument, 'manager'> | undefined {
  if (managerId === undefined) return undefined;
  if (managerId === null) return { manager: null };
  return { manager: { personId: managerId, learnerId: learnerOf(organisationId, managerId) } };
}

const sourceOf = ({ state, stored, shown: { awaitedFields } }: Plan): MicrosoftSource => ({
  ...bareSourceOf(state),
  userPrincipalName: state.userPrincipalName,
  ...(state.mail === undefined ? {} : { mail: state.mail }),
  ...(state.employeeId === undefined ? {} : { employeeId: state.employeeId }),
  fields: state.fields,
  ...(state.customFields ? { customFields: state.customFields } : {}),
  ...(state.fieldRules ? { fieldRules: state.fieldRules } : {}),
  ...(awaitedFields.length > 0 ? { awaitedFields } : {}),
  managerId: state.managerId ?? null,
  ...lastPath(state, stored),
});
