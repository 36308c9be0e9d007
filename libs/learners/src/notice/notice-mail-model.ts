import { type Connection, type Model, Schema } from 'mongoose';
import { type NoticeKind, noticeKinds } from './notice-model.ts';

/** One mail of a notice to one mailbox, of which there is a hash alone. */
export interface NoticeMailDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly kind: NoticeKind;
  /** That something is the matter, that it is over, what happened in a week, or what such a mail looks like. */
  readonly what: 'alarm' | 'all-clear' | 'summary' | 'test';
  /** Which opening of the notice it is about; null of summaries and tests. */
  readonly openedAt: Date | null;
  /** `nameHash` of the address. */
  readonly addressHash: string;
  /** Who asked for a test; null of everything else. */
  readonly learnerId: string | null;
  /** What it tells: numbers, times, and the words of runs and tokens; nobody's name. */
  readonly content: unknown;
  /**
   * `sending` is stored before the mail server hears of it, so it may have been sent and never is again: `unconfirmed` once
   * its mailer is gone. `withdrawn`: it was otherwise before it could be sent, or they are not to be told any more.
   */
  readonly state: 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'refused' | 'withdrawn';
  /** What the mail server said, or why it is not sent. */
  readonly reason: string | null;
  /** How often the mail server said later. */
  readonly tries: number;
  readonly nextAttemptAt: Date;
  /** Of the mailer's lease under which it was taken. */
  readonly epoch: number | null;
  readonly queuedAt: Date;
  readonly sentAt: Date | null;
}

// Longer than a matter that lasts goes without a mail: who was told of it is told that it is over.
const KEPT_SECONDS = 90 * 24 * 3600;

const schema = new Schema<NoticeMailDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true, enum: noticeKinds },
    what: { type: String, required: true, enum: ['alarm', 'all-clear', 'summary', 'test'] },
    openedAt: { type: Date, default: null },
    addressHash: { type: String, required: true },
    learnerId: { type: String, default: null },
    content: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    tries: { type: Number, default: 0 },
    nextAttemptAt: { type: Date, required: true },
    epoch: { type: Number, default: null },
    queuedAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
  },
  { collection: 'noticeMails', versionKey: false, minimize: false },
);
schema.index({ state: 1, nextAttemptAt: 1 });
schema.index({ organisationId: 1, kind: 1, queuedAt: 1 });
schema.index({ learnerId: 1, queuedAt: 1 }, { partialFilterExpression: { learnerId: { $type: 'string' } } });
schema.index({ queuedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const noticeMailModel = (connection: Connection): Model<NoticeMailDocument> =>
  connection.model<NoticeMailDocument>('NoticeMail', schema);
