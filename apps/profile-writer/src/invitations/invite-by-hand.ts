import { formatVersion } from '@learnamp/contracts';
import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { defaultProvisioning } from '@learnamp/organisations';
import { freshInvitation, type RecordInvitationsDeps } from './record-invitations.ts';

// Lower than that of any state: whoever the directory brings again after that is invited as ever.
const BY_HAND = formatVersion({ epoch: 0, sequence: 0 });

/** Invites whoever becomes a learner by hand, unless they were before. */
export async function inviteByHand(
  { invitations, findSettings }: RecordInvitationsDeps,
  learners: readonly LearnerDocument[],
  now: Date,
): Promise<void> {
  const settings = await findSettings(learners.map(({ organisationId }) => organisationId));
  const invited = learners.flatMap(({ _id, organisationId, joinedAt }): InvitationDocument[] => {
    const { invitations: mode } = settings.get(organisationId)?.provisioning ?? defaultProvisioning;
    if (mode === 'off' || joinedAt) return [];
    return [{ _id, attempt: 0, ...freshInvitation(organisationId, BY_HAND, mode, now) }];
  });
  await insertOnce(invitations, invited);
}

/** Withdraws the invitations of people who are no learners any more. */
export async function withdrawInvitations(
  { invitations }: RecordInvitationsDeps,
  learnerIds: readonly string[],
): Promise<void> {
  if (learnerIds.length === 0) return;
  await invitations.updateMany(
    { _id: { $in: learnerIds }, state: { $nin: ['redeemed', 'withdrawn'] } },
    { $set: { state: 'withdrawn', tokenHash: null, reason: null } },
  );
}
