import { type Connection, type Model, Schema } from 'mongoose';

/** What a command was answered, for whoever sends it once more. */
export interface KeptAnswerDocument {
  /** A hash of the organisation, the caller and their key. */
  readonly _id: string;
  readonly organisationId: string;
  /** A hash of the request. */
  readonly fingerprint: string;
  /** Null while the command is under way. */
  readonly answer: { readonly status: number; readonly type: string | null; readonly body: string } | null;
  /** By then whoever works on it has answered, or is gone. */
  readonly lockedUntil: Date;
  readonly expiresAt: Date;
}

const schema = new Schema<KeptAnswerDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    fingerprint: { type: String, required: true },
    answer: { type: Schema.Types.Mixed, default: null },
    lockedUntil: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'keptAnswers', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const keptAnswerModel = (connection: Connection): Model<KeptAnswerDocument> =>
  connection.model<KeptAnswerDocument>('KeptAnswer', schema);
