import { randomUUID } from 'node:crypto';
import { type NoticeDocument, noticeId, type NoticeKind, type NoticeMailDocument } from '@learnamp/learners';
import { type HeldLease, underLease } from '@learnamp/mongo';
import type { Connection, Model } from 'mongoose';
import { LEASE_MS } from '../invitations/claim-invitations.ts';
import type { MailerDocument } from '../invitations/mailer-model.ts';
import type { NoticeState } from './decide-notices.ts';
import type { NoticeContent } from './notice-content.ts';

export interface QueueNoticeDeps {
  readonly connection: Connection;
  readonly mailers: Model<MailerDocument>;
  readonly notices: Model<NoticeDocument>;
  readonly noticeMails: Model<NoticeMailDocument>;
}

/** Mails that are to be queued: what they say, and the hashes of where they go. */
export interface QueuedMails {
  readonly what: Exclude<NoticeMailDocument['what'], 'test'>;
  readonly content: NoticeContent;
  readonly to: readonly string[];
}

export interface NoticeChange {
  readonly organisationId: string;
  readonly kind: NoticeKind;
  readonly notice: NoticeState;
  readonly mails: QueuedMails | null;
  readonly now: Date;
}

/**
 * Stores what became of a notice, and queues its mails: both or neither, and only while the lease is held. What still waits
 * to be sent of the same kind is not sent any more: it is otherwise now.
 * @throws LeaseLostError
 */
export async function queueNotice(deps: QueueNoticeDeps, lease: HeldLease, change: NoticeChange): Promise<void> {
  const { connection, mailers, notices, noticeMails } = deps;
  const { organisationId, kind, notice, mails, now } = change;
  await underLease(connection, mailers, lease, new Date(now.getTime() + LEASE_MS), async (session) => {
    const set = { $set: { organisationId, kind, ...notice } };
    await notices.updateOne({ _id: noticeId(organisationId, kind) }, set, { upsert: true, session });
    const waiting = { organisationId, kind, state: 'queued', what: { $ne: 'test' } } as const;
    const withdrawn = { state: 'withdrawn', reason: 'It was otherwise before this could be sent.' } as const;
    await noticeMails.updateMany(waiting, { $set: withdrawn }, { session });
    const fresh = mails?.to.map((addressHash) => mailOf(change, mails, addressHash)) ?? [];
    if (fresh.length > 0) await noticeMails.insertMany(fresh, { session });
  });
}

function mailOf(
  { organisationId, kind, notice, now }: NoticeChange,
  { what, content }: QueuedMails,
  addressHash: string,
): NoticeMailDocument {
  const openedAt = what === 'summary' ? null : notice.openedAt;
  return queuedMail(
    { _id: randomUUID(), organisationId, kind, what, openedAt, addressHash, learnerId: null, content },
    now,
  );
}

type Said = Pick<
  NoticeMailDocument,
  '_id' | 'organisationId' | 'kind' | 'what' | 'openedAt' | 'addressHash' | 'learnerId' | 'content'
>;

/** A mail as it begins. */
export const queuedMail = (said: Said, now: Date): NoticeMailDocument => ({
  ...said,
  ...{ state: 'queued', reason: null, tries: 0, nextAttemptAt: now, epoch: null, queuedAt: now, sentAt: null },
});
