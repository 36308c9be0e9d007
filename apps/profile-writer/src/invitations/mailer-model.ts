import { type Lease, leaseFields } from '@learnamp/mongo';
import { type Connection, type Model, Schema } from 'mongoose';

/** A mailer of an installation: which process sends. */
export interface MailerDocument {
  readonly _id: string;
  lease: Lease;
}

export const MAILER_ID = 'invitations';

const schema = new Schema<MailerDocument>(
  { _id: { type: String, required: true }, lease: leaseFields },
  { collection: 'mailers', versionKey: false },
);

/** A mailer that nobody is yet. */
export const unclaimedMailer = (_id: string): MailerDocument => ({
  _id,
  lease: { holder: null, epoch: 0, until: new Date(0) },
});

export const mailerModel = (connection: Connection): Model<MailerDocument> =>
  connection.model<MailerDocument>('Mailer', schema);
