import { type Connection, type Model, Schema } from 'mongoose';

/** That the link of an invitation was used. */
export interface Redemption {
  /** Hash of the link's token: a link is used once. */
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  readonly how: 'single-sign-on' | 'password';
  readonly at: Date;
}

const schema = new Schema<Redemption>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true },
    how: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'redemptions', versionKey: false },
);

export const redemptionModel = (connection: Connection): Model<Redemption> =>
  connection.model<Redemption>('Redemption', schema);
