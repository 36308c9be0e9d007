import type { LearnerDocument } from '@learnamp/learners';
import type { RoleDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { keptPlan, type Plan } from '../apply-user-states/plan-state.ts';
import { activeOwners } from './active-owners.ts';

export interface OwnersDeps {
  readonly roles: Model<RoleDocument>;
  readonly learners: Model<LearnerDocument>;
}

/**
 * Lets the last active Owner of an organisation stay active, whatever the directory says of them: without one nobody
 * could mend what went wrong there. Where all of them leave at once, the one with the smallest learner id stays.
 */
export async function keepLastOwners(deps: OwnersDeps, plans: readonly Plan[]): Promise<readonly Plan[]> {
  const leaving = plans.filter(({ outcome }) => outcome === 'deactivated');
  const owners = await activeOwners(
    deps,
    leaving.map(({ state }) => state.organisationId),
  );
  const kept = new Set([...owners.values()].flatMap((ids) => lastOf(ids, leaving)));
  return plans.map((plan) => (kept.has(plan.learnerId) ? keptPlan(plan) : plan));
}

function lastOf(owners: readonly string[], leaving: readonly Plan[]): string[] {
  const gone = new Set(leaving.map(({ learnerId }) => learnerId));
  const [first] = owners.toSorted();
  return first !== undefined && owners.every((learnerId) => gone.has(learnerId)) ? [first] : [];
}
