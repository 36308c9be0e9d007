import { type MembershipDocument, membershipId, type TeamDocument } from '@learnamp/learners';
import { type BulkWritable, insertOnce } from '@learnamp/mongo';
import type { Plan } from '../apply-user-states/plan-state.ts';
import { departmentTeamOf } from './department-team-of.ts';
import type { InDepartment, Merges } from './read-merges.ts';

export interface JoinDepartmentTeamsDeps {
  readonly teams: BulkWritable;
  readonly memberships: BulkWritable;
}

/** A learner who belongs into the team of a department; null where they have none. */
export interface DepartmentMember extends InDepartment {
  readonly learnerId: string;
}

/**
 * Gives the active learners of these plans their department's team. Written once: a team keeps the name and the parent
 * that people gave it since. Former departments are left by `leaveFormerTeams`, after the learner is written.
 */
export const joinDepartmentTeams = (
  deps: JoinDepartmentTeamsDeps,
  plans: readonly Plan[],
  merges: Merges,
): Promise<void> =>
  joinTeams(
    deps,
    plans
      .filter(({ state, active }) => state.active || active)
      .map(({ learnerId, state: { organisationId }, shown: { fields } }) => ({
        ...{ organisationId, learnerId, department: fields.department },
      })),
    merges,
  );

export async function joinTeams(
  deps: JoinDepartmentTeamsDeps,
  members: readonly DepartmentMember[],
  merges: Merges,
): Promise<void> {
  const teams = new Map<string, TeamDocument>();
  const memberships = members.flatMap(({ organisationId, learnerId, department }) => {
    const team = departmentTeamOf(organisationId, department, merges);
    if (!team) return [];
    // Spellings of a department that differ in case or space are one team: the first one names it.
    if (!teams.has(team._id)) teams.set(team._id, team);
    return [membershipOf(learnerId, team)];
  });
  await insertOnce(deps.teams, [...teams.values()]);
  await insertOnce(deps.memberships, memberships);
}

function membershipOf(learnerId: string, { _id: teamId, organisationId }: TeamDocument): MembershipDocument {
  const membership = { organisationId, learnerId, teamId, origin: 'department' } as const;
  return { _id: membershipId(membership), ...membership };
}
