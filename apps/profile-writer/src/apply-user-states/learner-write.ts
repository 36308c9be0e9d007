import { type LearnerDocument, learnerIdOf, type MicrosoftSource } from '@learnamp/learners';
import type { GuardedWrite } from '@learnamp/mongo';
import { departmentTeamOf } from '../teams/department-team-of.ts';
import { noFields, type Plan } from './plan-state.ts';

export interface LearnerWriteContext {
  readonly now: Date;
  /** Whether a learner with this id exists, or does after this round. */
  readonly exists: (learnerId: string) => boolean;
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
    $set: { ...always, 'sources.microsoft': source },
    $setOnInsert: whenNew,
    ...(plan.state.active ? { $unset: { tombstone: true, keptAsLastOwner: true } } : {}),
    // Raised, not set: whoever else ends this learner's sessions must not be undone.
    ...(plan.outcome === 'deactivated' ? { $inc: { sessionVersion: 1 } } : {}),
  };
  const insert = { ...whenNew, ...always, sources: { microsoft: source } };
  return { id: plan.learnerId, version: plan.state.version, update, ...(plan.stored ? {} : { insert }) };
}

function activeSettings({ state, stored, shown, action }: Plan, { now, exists }: LearnerWriteContext): Settings {
  const { organisationId } = state;
  const reborn = stored?.tombstone === true;
  return {
    always: {
      organisationId,
      active: true,
      fields: shown.fields,
      ...(Object.keys(shown.customFields).length > 0 ? { customFields: shown.customFields } : {}),
      ...managerOf(state, exists),
      primaryTeamId: departmentTeamOf(organisationId, shown.fields.department)?._id ?? null,
      ...(action ? { updatedAt: now } : {}),
      ...(reborn ? { createdAt: now } : {}),
    },
    source: sourceOf(state, shown.awaitedFields),
    whenNew: {
      ...(state.managerId === undefined ? { manager: null } : {}),
      sessionVersion: 1,
      ...(action ? {} : { updatedAt: now }),
      ...(reborn ? {} : { createdAt: now }),
    },
  };
}

/** Touches nothing of the profile. A learner that isn't there, or not any more, becomes a tombstone. */
function inactiveSettings({ state, stored, shown, action, isKept }: Plan, { now }: LearnerWriteContext): Settings {
  const tombstone = !stored || stored.tombstone === true;
  return {
    always: {
      organisationId: state.organisationId,
      ...(isKept ? { active: true, keptAsLastOwner: true } : { active: false }),
      ...(action ? { updatedAt: now } : {}),
    },
    source: tombstone ? bareSourceOf(state) : sourceOf(state, shown.awaitedFields),
    whenNew: {
      fields: noFields,
      manager: null,
      primaryTeamId: null,
      tombstone: true,
      createdAt: now,
      ...(action ? {} : { updatedAt: now, sessionVersion: 1 }),
    },
  };
}

function managerOf(
  { organisationId, managerId }: Plan['state'],
  exists: (learnerId: string) => boolean,
): Pick<LearnerDocument, 'manager'> | undefined {
  if (managerId === undefined) return undefined;
  if (managerId === null) return { manager: null };
  const learnerId = learnerIdOf(organisationId, 'microsoft', managerId);
  return { manager: { personId: managerId, learnerId: exists(learnerId) ? learnerId : null } };
}

const sourceOf = (state: Plan['state'], awaitedFields: readonly string[]): MicrosoftSource => ({
  ...bareSourceOf(state),
  userPrincipalName: state.userPrincipalName,
  ...(state.mail === undefined ? {} : { mail: state.mail }),
  ...(state.employeeId === undefined ? {} : { employeeId: state.employeeId }),
  fields: state.fields,
  ...(state.customFields ? { customFields: state.customFields } : {}),
  ...(state.fieldRules ? { fieldRules: state.fieldRules } : {}),
  ...(awaitedFields.length > 0 ? { awaitedFields } : {}),
  managerId: state.managerId ?? null,
});

/** What a tombstone needs and no more: nobody's profile is kept of whom we never had an account. */
const bareSourceOf = (state: Plan['state']): MicrosoftSource => ({
  personId: state.personId,
  version: state.version,
  hash: state.hash,
  active: state.active,
  removal: state.removal ?? null,
  userPrincipalName: '',
  userType: state.userType,
  fields: noFields,
  managerId: null,
});
