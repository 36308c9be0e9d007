import { type Connection, type Model, Schema } from 'mongoose';

/** A token for programs. What is sent is not in it, only its hash. `Scope`: what a token may be made for. */
export interface ApiTokenDocument<Scope extends string = string> {
  readonly _id: string;
  readonly organisationId: string;
  /** SHA-256 of the token, in base64url. 190 random bits need no slow hash. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Who made it. Whatever is done by it is done by them. */
  readonly learnerId: string;
  /** Of the learner, at that time: whoever is deactivated has another one from then on. */
  readonly sessionVersion: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Within a minute. */
  readonly lastUsedAt: Date | null;
}

const schema = new Schema<ApiTokenDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    hash: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    learnerId: { type: String, required: true },
    sessionVersion: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
  },
  { collection: 'apiTokens', versionKey: false },
);
schema.index({ hash: 1 }, { unique: true });
schema.index({ organisationId: 1, createdAt: -1, _id: 1 });

// One that has run out is shown for a while, so that whoever wonders why a program stopped sees it.
const SHOWN_AFTERWARDS_SECONDS = 30 * 24 * 3600;
schema.index({ expiresAt: 1 }, { expireAfterSeconds: SHOWN_AFTERWARDS_SECONDS });

export const apiTokenModel = <Scope extends string = string>(connection: Connection): Model<ApiTokenDocument<Scope>> =>
  connection.model<ApiTokenDocument>('ApiToken', schema) as unknown as Model<ApiTokenDocument<Scope>>;
