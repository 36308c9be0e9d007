import { type LearnerDocument, type MembershipDocument, membershipId, type TeamDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';

export interface MergeMembersDeps {
  readonly teams: Model<TeamDocument>;
  readonly memberships: Model<MembershipDocument>;
  readonly learners: Model<LearnerDocument>;
}

/** Makes everybody who is in one team a member of the other instead, in the same way: by department, or by hand. */
export async function mergeMembers(
  { teams, memberships, learners }: MergeMembersDeps,
  teamId: string,
  into: string,
): Promise<void> {
  const { organisationId } = await teams.findById(into, 'organisationId').orFail().lean();
  const rows = await memberships.find({ teamId }).lean();
  const moved = rows.map((row) => ({ ...row, teamId: into }));
  await insertOnce(
    memberships,
    moved.map((row) => ({ ...row, _id: membershipId(row) })),
  );
  await memberships.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
  await learners.updateMany({ organisationId, primaryTeamId: teamId }, { $set: { primaryTeamId: into } });
}
