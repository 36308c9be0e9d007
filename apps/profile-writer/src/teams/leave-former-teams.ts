import type { LearnerDocument, MembershipDocument, TeamDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { departmentTeamOf } from './department-team-of.ts';
import { readMerges } from './read-merges.ts';

export interface LeaveFormerTeamsDeps {
  readonly teams: Model<TeamDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly memberships: Model<MembershipDocument>;
}

/**
 * Takes away the department memberships that don't belong to the department shown on the learner; those made by hand
 * stay, and so do those of leavers, whose profile stays as it was (an active count looks at the learner).
 *
 * It runs after the learner is written and believes what it then reads there, never what the writer had in mind: a
 * consumer that lost its partition may linger, and all it can do is to add a membership by an outdated state, which its
 * own call of this, or the learner's next state, takes away again.
 */
export async function leaveFormerTeams(deps: LeaveFormerTeamsDeps, learnerIds: readonly string[]): Promise<void> {
  if (learnerIds.length === 0) return;
  const memberships = await deps.memberships
    .find({ learnerId: { $in: learnerIds }, origin: 'department' }, { learnerId: 1, teamId: 1 })
    .lean();
  const learners = await deps.learners.find({ _id: { $in: learnerIds } }, 'organisationId fields.department').lean();
  // Last: whoever was moved by a merge that is older than this is found where it has put them.
  const merges = await readMerges(
    deps.teams,
    learners.map(({ organisationId, fields: { department } }) => ({ organisationId, department })),
  );
  const teams = new Map(
    learners.map(({ _id, organisationId, fields }) => [
      _id,
      departmentTeamOf(organisationId, fields.department, merges)?._id,
    ]),
  );
  const former = memberships.filter(({ learnerId, teamId }) => teams.has(learnerId) && teams.get(learnerId) !== teamId);
  if (former.length > 0) await deps.memberships.deleteMany({ _id: { $in: former.map(({ _id }) => _id) } });
}
