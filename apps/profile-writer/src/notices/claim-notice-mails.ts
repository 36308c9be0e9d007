import type { LearnerDocument, NoticeMailDocument } from '@learnamp/learners';
import { type HeldLease, underLease } from '@learnamp/mongo';
import type { FindOpenSettings, OpenSettings } from '@learnamp/organisations';
import { LEASE_MS } from '../invitations/claim-invitations.ts';
import type { Mail } from '../mail/mail.ts';
import type { QueueNoticeDeps } from './queue-notice.ts';
import { mailboxOf, type Recipient, recipientAt, recipientsOf, type RecipientsDeps } from './recipients.ts';

export interface ClaimNoticeMailsDeps extends QueueNoticeDeps, RecipientsDeps {
  readonly findSettings: FindOpenSettings;
  readonly clock: () => Date;
}

/** A mail that is marked as being sent, and where it goes. */
export interface ClaimedNoticeMail {
  readonly mail: NoticeMailDocument;
  readonly organisation: OpenSettings;
  readonly to: Mail['to'];
}

interface Step {
  readonly id: string;
  readonly set: Partial<NoticeMailDocument>;
  readonly claimed?: ClaimedNoticeMail;
}

// Whoever asked for a test doesn't wait for it longer than that.
const TEST_WITHIN_MS = 3_600_000;

/**
 * Marks up to `limit` queued mails as being sent before any mail server hears of them; only while the lease is held. Where
 * they go is looked up now: whoever isn't to be told any more is not.
 * @throws LeaseLostError
 */
export async function claimNoticeMails(
  deps: ClaimNoticeMailsDeps,
  lease: HeldLease,
  limit: number,
): Promise<readonly ClaimedNoticeMail[]> {
  const { connection, mailers, noticeMails, clock } = deps;
  const now = clock();
  return underLease(connection, mailers, lease, new Date(now.getTime() + LEASE_MS), async (session) => {
    const due = await noticeMails
      .find({ state: 'queued', nextAttemptAt: { $lte: now } })
      .sort({ nextAttemptAt: 1 })
      .limit(limit)
      .session(session)
      .lean<NoticeMailDocument[]>();
    if (due.length === 0) return [];
    const settings = await deps.findSettings(due.map(({ organisationId }) => organisationId));
    const steps: Step[] = [];
    for (const mail of due) steps.push(await stepOf(deps, mail, settings.get(mail.organisationId), { now, lease }));
    const writes = steps.map(({ id, set }) => ({ updateOne: { filter: { _id: id }, update: { $set: set } } }));
    await noticeMails.bulkWrite(writes, { session });
    return steps.flatMap(({ claimed }) => claimed ?? []);
  });
}

async function stepOf(
  deps: ClaimNoticeMailsDeps,
  mail: NoticeMailDocument,
  organisation: OpenSettings | undefined,
  { now, lease }: { readonly now: Date; readonly lease: HeldLease },
): Promise<Step> {
  const { _id: id, kind, what, queuedAt } = mail;
  const withdrawn = (reason: string): Step => ({ id, set: { state: 'withdrawn', reason } });
  if (!organisation) return withdrawn('There is no such organisation any more.');
  const isTest = what === 'test';
  if (!isTest && !organisation.notifications[kind]) return withdrawn('Mails of this kind have been switched off.');
  if (isTest && now.getTime() - queuedAt.getTime() > TEST_WITHIN_MS) return withdrawn('It could not be sent in time.');
  const recipient = await recipientOf(deps, mail, organisation);
  if (!recipient) return withdrawn('This mailbox is not among those to be told any more.');
  const claimed = { mail, organisation, to: recipient.to };
  return { id, set: { state: 'sending', reason: null, epoch: lease.epoch }, claimed };
}

async function recipientOf(
  deps: ClaimNoticeMailsDeps,
  { organisationId, learnerId, addressHash }: NoticeMailDocument,
  organisation: OpenSettings,
): Promise<Recipient | undefined> {
  const recipients =
    learnerId === null
      ? await recipientsOf(deps, organisation)
      : whoAsked(await deps.learners.findOne({ _id: learnerId, organisationId, active: true }).lean());
  return recipients.find(({ hash }) => hash === addressHash);
}

function whoAsked(learner: LearnerDocument | null): readonly Recipient[] {
  const to = learner && mailboxOf(learner);
  return to ? [recipientAt(learner.organisationId, to)] : [];
}
