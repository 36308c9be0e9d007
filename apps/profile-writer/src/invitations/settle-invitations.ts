import type { InvitationDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { MailOutcome } from '../mail/mail.ts';
import type { ClaimedInvitation } from './claim-invitations.ts';

interface SettleDeps {
  readonly invitations: Model<InvitationDocument>;
  readonly clock: () => Date;
}

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Records what became of one attempt. Only of that attempt: since then the person may have come or left, or somebody
 * may have queued it again. One that was given up as unconfirmed meanwhile learns its fate after all.
 */
export async function recordOutcome(
  { invitations, clock }: SettleDeps,
  { learnerId, attempt }: Pick<ClaimedInvitation, 'learnerId' | 'attempt'>,
  outcome: MailOutcome,
): Promise<void> {
  const filter = { _id: learnerId, attempt, state: { $in: ['sending', 'unconfirmed'] as const } };
  const { tries = 0 } = (await invitations.findOne(filter, { tries: 1 }).lean()) ?? {};
  await invitations.updateOne(filter, { $set: changeBy(outcome, tries, clock()) });
}

function changeBy(outcome: MailOutcome, tries: number, now: Date): Partial<InvitationDocument> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', sentAt: now, reason: null };
    case 'unconfirmed':
      return { state: 'unconfirmed', reason: outcome.reason };
    case 'refused':
      return { state: 'refused', reason: outcome.reason, tokenHash: null };
    case 'later': {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS);
      const nextAttemptAt = new Date(now.getTime() + pause);
      return { state: 'queued', reason: outcome.reason, tokenHash: null, tries: tries + 1, nextAttemptAt };
    }
  }
}

/**
 * Gives up what mailers of other epochs were sending: they are gone, and whether the mail was taken over nobody knows.
 * Says how many there were.
 */
export async function giveUpForeign(invitations: Model<InvitationDocument>, epoch: number): Promise<number> {
  const { modifiedCount } = await invitations.updateMany(
    { state: 'sending', epoch: { $ne: epoch } },
    { $set: { state: 'unconfirmed', reason: 'The service stopped while the mail was on its way.' } },
  );
  return modifiedCount;
}
