import type { LearnerAction, LearnerCommand } from '@learnamp/contracts';
import type { LearnerDocument, NoticeMailDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import type { CommandResult } from '../commands/command-result.ts';
import { exampleOf } from './example-of.ts';
import { queuedMail } from './queue-notice.ts';
import { mailboxOf, recipientAt } from './recipients.ts';

export interface TestNoticeDeps {
  readonly noticeMails: Model<NoticeMailDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}

/** Tests to one learner in that time: nobody's mailbox is filled by a program that goes wrong. */
export const TESTS_AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/** Queues a notice of a kind, as a test, to the learner who asked. */
export async function sendTestNotice(
  { noticeMails, learners, clock }: TestNoticeDeps,
  { organisationId, commandId }: Omit<LearnerCommand, 'action'>,
  { notice: kind, learnerId }: Extract<LearnerAction, { kind: 'send-test-notice' }>,
): Promise<CommandResult> {
  const learner = await learners.findOne({ _id: learnerId, organisationId, active: true }).lean();
  if (!learner) return { refused: 'There is no such active learner.' };
  const to = mailboxOf(learner);
  if (!to) return { refused: 'The learner has no address that can receive mail.' };
  const now = clock();
  const lately = {
    organisationId,
    learnerId,
    _id: { $ne: commandId },
    queuedAt: { $gt: new Date(now.getTime() - HOUR_MS) },
  };
  if ((await noticeMails.countDocuments(lately)) >= TESTS_AN_HOUR) {
    return { refused: `The learner has been sent ${TESTS_AN_HOUR} tests within the hour.` };
  }
  const { hash: addressHash } = recipientAt(organisationId, to);
  const said = { _id: commandId, organisationId, kind, what: 'test', openedAt: null, addressHash, learnerId } as const;
  await insertOnce(noticeMails, [queuedMail({ ...said, content: exampleOf(kind, now) }, now)]);
  return { count: 1 };
}
