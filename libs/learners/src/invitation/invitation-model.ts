import { type Connection, type Model, Schema } from 'mongoose';

/** Where an invitation is on its way. */
export type InvitationState =
  /** Waits until an administrator sends it. */
  | 'held'
  /** Is sent as soon as the mailer comes to it. */
  | 'queued'
  /** Handed to the mail server now. */
  | 'sending'
  | 'sent'
  /** May have been sent: a crash, or a connection that broke, hid its fate. Never sent again by itself. */
  | 'unconfirmed'
  /** The mail server refused it, or there is no address. */
  | 'refused'
  /** The person has come. */
  | 'redeemed'
  /** The person left before they came. */
  | 'withdrawn';

/** The invitation of a learner; there is one at most, so that nothing that comes again invites a second time. */
export interface InvitationDocument {
  /** The learner's id. */
  readonly _id: string;
  readonly organisationId: string;
  readonly state: InvitationState;
  /** Version of the person's state that invited or withdrew last: an older one changes nothing. */
  readonly version: string;
  /** Where it was sent, or was going to be. */
  readonly address: string | null;
  /** What the mail server said, or why it is not sent. */
  readonly reason: string | null;
  /** Counts the times that it was handed to the mail server, ever: an outcome belongs to one of them. */
  readonly attempt: number;
  /** Tries in vain since it was queued; sets how long the next one waits. */
  readonly tries: number;
  readonly nextAttemptAt: Date;
  /** Lease epoch of the mailer that took it last. */
  readonly epoch: number | null;
  /** SHA-256 of the link's token, base64url. Stored before the mail is sent; the next attempt has another token. */
  readonly tokenHash: string | null;
  /** When the link ends. */
  readonly expiresAt: Date | null;
  /** The command that changed it last. */
  readonly commandId: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly redeemedAt: Date | null;
}

const schema = new Schema<InvitationDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    state: { type: String, required: true },
    version: { type: String, required: true },
    address: { type: String, default: null },
    reason: { type: String, default: null },
    attempt: { type: Number, required: true },
    tries: { type: Number, required: true },
    nextAttemptAt: { type: Date, required: true },
    epoch: { type: Number, default: null },
    tokenHash: { type: String, default: null },
    expiresAt: { type: Date, default: null },
    commandId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
    redeemedAt: { type: Date, default: null },
  },
  { collection: 'invitations', versionKey: false },
);
schema.index({ organisationId: 1, state: 1 });
schema.index({ state: 1, nextAttemptAt: 1 });
schema.index({ tokenHash: 1 }, { unique: true, partialFilterExpression: { tokenHash: { $type: 'string' } } });

export const invitationModel = (connection: Connection): Model<InvitationDocument> =>
  connection.model<InvitationDocument>('Invitation', schema);

/** Whether an invitation was sent, or may have been, and its link has ended since. */
export const hasExpired = (invitation: Pick<InvitationDocument, 'state' | 'expiresAt'>, now: Date): boolean =>
  (invitation.state === 'sent' || invitation.state === 'unconfirmed') &&
  invitation.expiresAt !== null &&
  invitation.expiresAt <= now;
