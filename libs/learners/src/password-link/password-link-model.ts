import { type Connection, type Model, Schema } from 'mongoose';

/** A link by which a learner chooses a new password. It is asked for by anybody who knows the address. */
export interface PasswordLinkDocument {
  /** The command that asked for it. */
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  /** `sending` may have been sent; it is never sent again, because whoever misses a mail asks for another. */
  readonly state: 'queued' | 'sending' | 'sent' | 'refused' | 'unconfirmed';
  /** What the mail server said, or why it is not sent. */
  readonly reason: string | null;
  /** SHA-256 of the link's token, base64url; stored before the mail is sent. */
  readonly tokenHash: string | null;
  readonly nextAttemptAt: Date;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const schema = new Schema<PasswordLinkDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    tokenHash: { type: String, default: null },
    nextAttemptAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'passwordLinks', versionKey: false },
);
schema.index({ state: 1, nextAttemptAt: 1 });
schema.index({ learnerId: 1, createdAt: 1 });
schema.index({ tokenHash: 1 }, { unique: true, partialFilterExpression: { tokenHash: { $type: 'string' } } });
// Kept a week, so that it can be said what became of a mail.
schema.index({ createdAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 });

export const passwordLinkModel = (connection: Connection): Model<PasswordLinkDocument> =>
  connection.model<PasswordLinkDocument>('PasswordLink', schema);
