import { type Lease, leaseFields } from '@learnamp/mongo';
import { type Connection, type Model, Schema } from 'mongoose';

/** The one mailer of an installation: which process sends. */
export interface MailerDocument {
  readonly _id: string;
  lease: Lease;
}

export const MAILER_ID = 'invitations';

const schema = new Schema<MailerDocument>(
  { _id: { type: String, required: true }, lease: leaseFields },
  { collection: 'mailers', versionKey: false },
);

export const mailerModel = (connection: Connection): Model<MailerDocument> =>
  connection.model<MailerDocument>('Mailer', schema);
