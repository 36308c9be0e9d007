import { type Connection, type Model, Schema } from 'mongoose';

/** The password of a learner, under the learner's id. */
export interface PasswordDocument {
  readonly _id: string;
  readonly organisationId: string;
  /** Argon2id in PHC form, with its salt and costs. */
  readonly hash: string;
  readonly setAt: Date;
}

const schema = new Schema<PasswordDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    hash: { type: String, required: true },
    setAt: { type: Date, required: true },
  },
  { collection: 'passwords', versionKey: false },
);

export const passwordModel = (connection: Connection): Model<PasswordDocument> =>
  connection.model<PasswordDocument>('Password', schema);
