import { type MembershipDocument, membershipId, type TeamDocument } from '@learnamp/learners';
import { type BulkWritable, insertOnce } from '@learnamp/mongo';
import type { Plan } from '../apply-user-states/plan-state.ts';
import { departmentTeamOf } from './department-team-of.ts';

export interface JoinDepartmentTeamsDeps {
  readonly teams: BulkWritable;
  readonly memberships: BulkWritable;
}

/**
 * Gives the active learners of these plans their department's team. Written once: a team keeps the name and the parent
 * that people gave it since. Former departments are left by `leaveFormerTeams`, after the learner is written.
 */
export async function joinDepartmentTeams(deps: JoinDepartmentTeamsDeps, plans: readonly Plan[]): Promise<void> {
  const teams = new Map<string, TeamDocument>();
  const memberships = plans.flatMap((plan) => {
    const team = plan.state.active ? departmentTeamOf(plan.state.organisationId, plan.shown.fields.department) : null;
    if (!team) return [];
    // Spellings of a department that differ in case or space are one team: the first one names it.
    if (!teams.has(team._id)) teams.set(team._id, team);
    return [membershipOf(plan, team)];
  });
  await insertOnce(deps.teams, [...teams.values()]);
  await insertOnce(deps.memberships, memberships);
}

function membershipOf({ learnerId }: Plan, { _id: teamId, organisationId }: TeamDocument): MembershipDocument {
  const membership = { organisationId, learnerId, teamId, origin: 'department' } as const;
  return { _id: membershipId(membership), ...membership };
}
