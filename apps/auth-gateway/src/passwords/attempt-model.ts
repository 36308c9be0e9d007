import { type Connection, type Model, Schema } from 'mongoose';

/** How many wrong passwords were tried for an account, from an address or in a browser, for a while. */
export interface AttemptDocument {
  readonly _id: string;
  readonly count: number;
  /** When counting begins anew. */
  readonly until: Date;
}

const schema = new Schema<AttemptDocument>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'passwordAttempts', versionKey: false },
);
schema.index({ until: 1 }, { expireAfterSeconds: 0 });

export const attemptModel = (connection: Connection): Model<AttemptDocument> =>
  connection.model<AttemptDocument>('PasswordAttempt', schema);
