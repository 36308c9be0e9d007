import { type Connection, type Model, Schema } from 'mongoose';

/** That a person of the tenant is a learner whom the directory has not brought. Made at the first sign-in, and once. */
export interface SignInLink {
  /** `organisationId:personId`, the person's Entra object id. */
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  readonly at: Date;
}

const schema = new Schema<SignInLink>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true, unique: true },
    at: { type: Date, required: true },
  },
  { collection: 'signInLinks', versionKey: false },
);

export const signInLinkModel = (connection: Connection): Model<SignInLink> =>
  connection.model<SignInLink>('SignInLink', schema);
