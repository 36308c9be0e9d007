import type { Plan } from '../apply-user-states/plan-state.ts';
import { joinDepartmentTeams } from './join-department-teams.ts';
import { leaveFormerTeams } from './leave-former-teams.ts';
import { mergeMembers, type MergeMembersDeps } from './merge-members.ts';
import { type InDepartment, type Merges, readMerges } from './read-merges.ts';

/**
 * Whoever merges two teams says so first, and moves after that everybody whom they find. So people whose teams were
 * looked up before, and who were put there after that, are looked up again here, until nothing has been merged in between.
 */
export async function followMerges(deps: MergeMembersDeps, plans: readonly Plan[], merges: Merges): Promise<void> {
  const now = await readMerges(deps.teams, departmentsOf(plans));
  const others = [...now].filter(([teamId, into]) => merges.get(teamId) !== into);
  if (others.length === 0) return;
  for (const [teamId, into] of others) await mergeMembers(deps, merges.get(teamId) ?? teamId, into);
  await joinDepartmentTeams(deps, plans, now);
  await leaveFormerTeams(
    deps,
    plans.map(({ learnerId }) => learnerId),
  );
  await followMerges(deps, plans, now);
}

export const departmentsOf = (plans: readonly Plan[]): InDepartment[] =>
  plans.map(({ state: { organisationId }, shown: { fields } }) => ({ organisationId, department: fields.department }));
