import type { LearnerAction, LearnerCommand } from '@learnamp/contracts';
import { learnerByEmail, type LearnerDocument, type PasswordLinkDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import type { CommandResult } from '../commands/command-result.ts';

export interface PasswordLinkCommandDeps {
  readonly passwordLinks: Model<PasswordLinkDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}

export const LINK_MINUTES = 60;
/** Mails to one learner in that time: nobody's mailbox is filled by whoever knows their address. */
export const LINKS_AN_HOUR = 3;

/**
 * Queues the mail for the learner of an address. Whoever asked isn't told whether there is one: that would say who has an
 * account here.
 */
export async function queuePasswordLink(
  { passwordLinks, learners, clock }: PasswordLinkCommandDeps,
  { organisationId, commandId }: Omit<LearnerCommand, 'action'>,
  { email }: Extract<LearnerAction, { kind: 'send-password-link' }>,
): Promise<CommandResult> {
  const learner = await learnerByEmail(learners, organisationId, email.trim());
  if (!learner) return { refused: 'No single active learner has this address.' };
  const now = clock();
  const lately = { learnerId: learner._id, _id: { $ne: commandId }, createdAt: { $gt: minutesFrom(now, -60) } };
  if ((await passwordLinks.countDocuments(lately)) >= LINKS_AN_HOUR) {
    return { refused: `The learner has been sent ${LINKS_AN_HOUR} links within the hour.` };
  }
  const link: PasswordLinkDocument = {
    ...{ _id: commandId, organisationId, learnerId: learner._id, state: 'queued', reason: null, tokenHash: null },
    ...{ nextAttemptAt: now, createdAt: now, expiresAt: minutesFrom(now, LINK_MINUTES) },
  };
  await insertOnce(passwordLinks, [link]);
  return { count: 1 };
}

const minutesFrom = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000);
