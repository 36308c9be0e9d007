import type { LearnerDocument } from '@learnamp/learners';
import type { FindOpenSettings, RoleDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { keptPlan, type Plan } from '../apply-user-states/plan-state.ts';
import { activeOwners } from './active-owners.ts';
import { breakGlassOwners } from './break-glass-owners.ts';

export interface OwnersDeps {
  readonly roles: Model<RoleDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly findSettings: FindOpenSettings;
}

/**
 * Lets the last active Owner of an organisation stay active, whatever the directory says of them: without one nobody
 * could mend what went wrong there. Where all of them leave at once, the one with the smallest learner id stays. So does the
 * Owner who alone may sign in by password, until another one is named.
 */
export async function keepLastOwners(deps: OwnersDeps, plans: readonly Plan[]): Promise<readonly Plan[]> {
  const leaving = plans.filter(({ outcome }) => outcome === 'deactivated');
  const organisationIds = leaving.map(({ state }) => state.organisationId);
  const [owners, breakGlass] = await Promise.all([
    activeOwners(deps, organisationIds),
    breakGlassOwners(deps, organisationIds),
  ]);
  const others = [...owners.values()].filter((ids) => !ids.some((learnerId) => breakGlass.has(learnerId)));
  const remaining = others.flatMap((ids) => lastOf(ids, leaving));
  const kept = new Set([...breakGlass, ...remaining]);
  return plans.map((plan) => (plan.outcome === 'deactivated' && kept.has(plan.learnerId) ? keptPlan(plan) : plan));
}

function lastOf(owners: readonly string[], leaving: readonly Plan[]): string[] {
  const gone = new Set(leaving.map(({ learnerId }) => learnerId));
  const [first] = owners.toSorted();
  return first !== undefined && owners.every((learnerId) => gone.has(learnerId)) ? [first] : [];
}
