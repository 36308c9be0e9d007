import type { AppliedOutcome, FieldChange, LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';
import { isFreshLink } from '../matching/link-learner.ts';
import type { PlacedState } from '../matching/place-states.ts';
import { fieldChanges, shownChanges } from '../provisioning-log/field-changes.ts';
import { shownByHand } from '../manual-source/shown-by-hand.ts';
import { noFields } from './no-fields.ts';
import { type ShownFields, shownFields } from './shown-fields.ts';

/** What a state is going to do to its learner. */
export interface Plan extends PlacedState {
  readonly outcome: AppliedOutcome;
  /** The log entry's action; null when there is nothing to tell. */
  readonly action: ProvisioningLogDocument['action'] | null;
  readonly changes: readonly FieldChange[];
  /** Whether any source says that the learner is active, once the state is applied. */
  readonly active: boolean;
  /** The fields shown afterwards: the directory's while the person is in scope, then those by hand, or the last ones. */
  readonly shown: ShownFields;
  /** A leaver whose account is no more: what was said by hand keeps them active no longer. */
  readonly endsManual?: true;
  /** A leaver who stays active all the same: nobody else is an active Owner. */
  readonly isKept?: true;
}

/**
 * Decides what a state does, from what is stored of its learner before; undefined when a newer state is applied
 * already. An equal version is planned again: either its learner is stored, then nothing differs and the effects, each
 * written once, are there; or a crash came between effects and learner, then the same effects are planned again.
 */
export function planState(placed: PlacedState): Plan | undefined {
  const { stored, state } = placed;
  const applied = stored?.sources.microsoft?.version;
  if (applied && applied > state.version) return undefined;
  const known = stored?.tombstone ? undefined : stored;
  return state.active ? planActive(placed, known) : planInactive(placed, known);
}

function planActive(placed: PlacedState, known: LearnerDocument | undefined): Plan {
  const shown = shownFields(known, placed.state);
  const changes = fieldChanges(known, placed.state, shown);
  const plan = { ...placed, changes, shown, active: true };
  if (!known) return { ...plan, outcome: 'created', action: 'created' };
  if (isFreshLink(known)) {
    const link = { field: 'microsoft', old: known.formerLinks?.at(-1)?.personId ?? null, new: placed.state.personId };
    return {
      ...plan,
      changes: [link, ...changes],
      outcome: 'updated',
      action: known.active ? 'linked' : 'reactivated',
    };
  }
  if (!known.active) return { ...plan, outcome: 'updated', action: 'reactivated' };
  if (changes.length > 0) return { ...plan, outcome: 'updated', action: 'updated' };
  return { ...plan, outcome: 'unchanged', action: null };
}

/**
 * Who leaves the group and is a learner by hand as well stays one, as that source says. An account that was disabled or
 * deleted is somebody who left altogether: whatever was said by hand before has ended with it. Otherwise the profile
 * stays as it was last shown: a state of somebody who left may have lost its fields.
 */
function planInactive(placed: PlacedState, known: LearnerDocument | undefined): Plan {
  const { fields = noFields, customFields = {}, sources } = known ?? {};
  const wasInScope = sources?.microsoft?.active === true;
  const hasManual = sources?.manual?.active === true;
  const endsManual = hasManual && wasInScope && placed.state.removal?.cause !== 'left';
  const awaitedFields = sources?.microsoft?.awaitedFields ?? [];
  const plan = {
    ...placed,
    active: hasManual && !endsManual,
    shown: { fields, customFields, awaitedFields },
    ...(endsManual ? { endsManual } : {}),
  };
  if (!known?.active) return { ...plan, outcome: 'unchanged', action: null, changes: [] };
  if (plan.active)
    return wasInScope ? backToManual(plan, known) : { ...plan, outcome: 'unchanged', action: null, changes: [] };
  const changes = [{ field: 'active', old: true, new: false }];
  return { ...plan, outcome: 'deactivated', action: 'deactivated', changes };
}

function backToManual(plan: Omit<Plan, 'outcome' | 'action' | 'changes'>, known: LearnerDocument): Plan {
  const shown = { ...plan.shown, ...shownByHand(known) };
  const changes = [{ field: 'source', old: 'microsoft', new: 'manual' }, ...shownChanges(known, shown)];
  return { ...plan, shown, outcome: 'updated', action: 'updated', changes };
}

/** The plan of a leaver who stays active as the last Owner. */
export const keptPlan = (plan: Plan): Plan => ({
  ...plan,
  outcome: 'unchanged',
  action: 'kept',
  changes: [],
  isKept: true,
});
