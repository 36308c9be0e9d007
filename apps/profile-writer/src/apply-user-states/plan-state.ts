import type { LearnerFields, UserState } from '@learnamp/contracts';
import { type AppliedCounts, type FieldChange, type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { ProvisioningLogDocument } from '@learnamp/learners';
import { fieldChanges } from '../provisioning-log/field-changes.ts';
import { type ShownFields, shownFields } from './shown-fields.ts';

/** What a state is going to do to its learner. */
export interface Plan {
  readonly learnerId: string;
  readonly state: UserState;
  readonly stored: LearnerDocument | undefined;
  readonly outcome: keyof AppliedCounts;
  /** The log entry's action; null when there is nothing to tell. */
  readonly action: ProvisioningLogDocument['action'] | null;
  readonly changes: readonly FieldChange[];
  /** The fields shown afterwards: the directory's while the person is in scope, the last ones shown after that. */
  readonly shown: ShownFields;
  /** A leaver who stays active all the same: nobody else is an active Owner. */
  readonly isKept?: true;
}

export const noFields: LearnerFields = {
  firstName: null,
  lastName: null,
  displayName: null,
  email: null,
  jobTitle: null,
  department: null,
  location: null,
  language: null,
  hireDate: null,
};

/**
 * Decides what a state does, from what is stored of its learner before; undefined when a newer state is applied
 * already. An equal version is planned again: either its learner is stored, then nothing differs and the effects, each
 * written once, are there; or a crash came between effects and learner, then the same effects are planned again.
 */
export function planState(stored: LearnerDocument | undefined, state: UserState): Plan | undefined {
  const applied = stored?.sources.microsoft?.version;
  if (applied && applied > state.version) return undefined;
  const learnerId = learnerIdOf(state.organisationId, state.source, state.personId);
  const known = stored?.tombstone ? undefined : stored;
  const base = { learnerId, state, stored };
  return state.active ? planActive(base, known) : planInactive(base, known);
}

type Base = Pick<Plan, 'learnerId' | 'state' | 'stored'>;

function planActive(base: Base, known: LearnerDocument | undefined): Plan {
  const shown = shownFields(known, base.state);
  const changes = fieldChanges(known, base.state, shown);
  const plan = { ...base, changes, shown };
  if (!known) return { ...plan, outcome: 'created', action: 'created' };
  if (!known.active) return { ...plan, outcome: 'updated', action: 'reactivated' };
  if (changes.length > 0) return { ...plan, outcome: 'updated', action: 'updated' };
  return { ...plan, outcome: 'unchanged', action: null };
}

/** The profile stays as it was last shown: a state of somebody who left may have lost its fields. */
function planInactive(base: Base, known: LearnerDocument | undefined): Plan {
  const { fields = noFields, customFields = {}, sources } = known ?? {};
  const shown = { fields, customFields, awaitedFields: sources?.microsoft?.awaitedFields ?? [] };
  if (!known?.active) return { ...base, shown, outcome: 'unchanged', action: null, changes: [] };
  const changes = [{ field: 'active', old: true, new: false }];
  return { ...base, shown, outcome: 'deactivated', action: 'deactivated', changes };
}

/** The plan of a leaver who stays active as the last Owner. */
export const keptPlan = (plan: Plan): Plan => ({
  ...plan,
  outcome: 'unchanged',
  action: 'kept',
  changes: [],
  isKept: true,
});
