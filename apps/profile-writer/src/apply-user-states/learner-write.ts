import { type LearnerDocument, learnerIdOf, type MicrosoftSource } from '@learnamp/learners';
import type { GuardedWrite } from '@learnamp/mongo';
import { departmentTeamOf } from '../teams/department-team-of.ts';
import { noFields, type Plan } from './plan-state.ts';

export interface LearnerWriteContext {
  readonly now: Date;
  /** Whether a learner with this id exists, or does after this round. */
  readonly exists: (learnerId: string) => boolean;
}

/** The write of a plan's learner, for `guardedUpserts` on the version of the Microsoft source. */
export function learnerWrite(plan: Plan, context: LearnerWriteContext): GuardedWrite {
  const update = plan.state.active ? activeUpdate(plan, context) : inactiveUpdate(plan, context);
  return { id: plan.learnerId, version: plan.state.version, update };
}

function activeUpdate({ state, stored, fields, action }: Plan, { now, exists }: LearnerWriteContext) {
  const { organisationId } = state;
  const reborn = stored?.tombstone === true;
  return {
    $set: {
      organisationId,
      active: true,
      fields,
      manager: managerOf(state, exists),
      primaryTeamId: departmentTeamOf(organisationId, fields.department)?._id ?? null,
      'sources.microsoft': sourceOf(state),
      ...(action ? { updatedAt: now } : {}),
      ...(reborn ? { createdAt: now } : {}),
    },
    $unset: { tombstone: true },
    $setOnInsert: {
      sessionVersion: 1,
      ...(action ? {} : { updatedAt: now }),
      ...(reborn ? {} : { createdAt: now }),
    },
  };
}

/** Touches nothing of the profile. A learner that isn't there, or not any more, becomes a tombstone. */
function inactiveUpdate({ state, stored, action }: Plan, { now }: LearnerWriteContext) {
  const tombstone = !stored || stored.tombstone === true;
  return {
    $set: {
      organisationId: state.organisationId,
      active: false,
      'sources.microsoft': tombstone ? bareSourceOf(state) : sourceOf(state),
      ...(action ? { updatedAt: now } : {}),
    },
    // Raised, not set: whoever else ends this learner's sessions must not be undone.
    ...(action ? { $inc: { sessionVersion: 1 } } : {}),
    $setOnInsert: {
      fields: noFields,
      manager: null,
      primaryTeamId: null,
      tombstone: true,
      createdAt: now,
      ...(action ? {} : { updatedAt: now, sessionVersion: 1 }),
    },
  };
}

function managerOf({ organisationId, managerId }: Plan['state'], exists: (learnerId: string) => boolean) {
  if (managerId === null) return null satisfies LearnerDocument['manager'];
  const learnerId = learnerIdOf(organisationId, 'microsoft', managerId);
  return { personId: managerId, learnerId: exists(learnerId) ? learnerId : null } satisfies LearnerDocument['manager'];
}

const sourceOf = (state: Plan['state']): MicrosoftSource => ({
  personId: state.personId,
  version: state.version,
  hash: state.hash,
  active: state.active,
  removal: state.removal ?? null,
  userPrincipalName: state.userPrincipalName,
  userType: state.userType,
  fields: state.fields,
  managerId: state.managerId,
});

/** What a tombstone needs and no more: nobody's profile is kept of whom we never had an account. */
const bareSourceOf = (state: Plan['state']): MicrosoftSource => ({
  ...sourceOf(state),
  userPrincipalName: '',
  fields: noFields,
  managerId: null,
});
