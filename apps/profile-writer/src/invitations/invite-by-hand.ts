import { formatVersion } from '@learnamp/contracts';
import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import { defaultProvisioning } from '@learnamp/organisations';
import { freshInvitation, type RecordInvitationsDeps } from './record-invitations.ts';

// Lower than that of any state: whoever the directory brings again after that is invited as ever.
const BY_HAND = formatVersion({ epoch: 0, sequence: 0 });

/** Invites somebody who becomes a learner by hand, unless they were before. */
export async function inviteByHand(
  { invitations, findSettings }: RecordInvitationsDeps,
  { _id, organisationId, joinedAt }: LearnerDocument,
  now: Date,
): Promise<void> {
  const settings = await findSettings([organisationId]);
  const { invitations: mode } = settings.get(organisationId)?.provisioning ?? defaultProvisioning;
  if (mode === 'off' || joinedAt) return;
  const invitation: InvitationDocument = {
    ...{ _id, attempt: 0 },
    ...freshInvitation(organisationId, BY_HAND, mode, now),
  };
  await insertOnce(invitations, [invitation]);
}

/** Withdraws the invitation of somebody who is no learner any more. */
export async function withdrawInvitation({ invitations }: RecordInvitationsDeps, learnerId: string): Promise<void> {
  await invitations.updateOne(
    { _id: learnerId, state: { $nin: ['redeemed', 'withdrawn'] } },
    { $set: { state: 'withdrawn', tokenHash: null, reason: null } },
  );
}
