import { type Connection, type Model, Schema } from 'mongoose';

/** What the people who administer an organisation are told of by mail. */
export const noticeKinds = ['failure', 'approval', 'expiry', 'summary'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * How it is with one kind of notice at an organisation: one matter at a time, from when it is noticed until it is over. Who
 * is mailed isn't here: that is looked up when a mail is due.
 */
export interface NoticeDocument {
  /** See `noticeId`. */
  readonly _id: string;
  readonly organisationId: string;
  readonly kind: NoticeKind;
  readonly state: 'open' | 'closed';
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** When mails about this opening were made; those that say that it is over are not among them. */
  readonly mailedAt: readonly Date[];
  /** When there was the last mail of this kind at all. */
  readonly lastMailAt: Date | null;
  /** What the last of these mails was about, such as ids of tokens: what is new since is told sooner. */
  readonly about: readonly string[];
  /** How often in a row it came back within a day of being over. */
  readonly returns: number;
}

const schema = new Schema<NoticeDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true, enum: noticeKinds },
    state: { type: String, required: true, enum: ['open', 'closed'] },
    openedAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    mailedAt: { type: [Date], default: [] },
    lastMailAt: { type: Date, default: null },
    about: { type: [String], default: [] },
    returns: { type: Number, default: 0 },
  },
  { collection: 'notices', versionKey: false },
);
schema.index({ organisationId: 1, kind: 1 }, { unique: true });

export const noticeModel = (connection: Connection): Model<NoticeDocument> =>
  connection.model<NoticeDocument>('Notice', schema);

export const noticeId = (organisationId: string, kind: NoticeKind): string => `${organisationId}:${kind}`;
