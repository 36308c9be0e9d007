import { type Connection, type Model, Schema } from 'mongoose';

/** A learner who is signed in, in one browser. */
export interface SessionDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  /** SHA-256 of the refresh token's secret: whoever reads the database can't become the learner. */
  readonly refreshHash: string;
  /** Hashes of the tokens before, the last one last: whoever comes with one of these has a copy. */
  readonly formerHashes: readonly string[];
  /** What leads from the last of them to the present one, and until when. */
  readonly overlap: { readonly salt: string; readonly until: Date } | null;
  /** The learner's session version when it began; raising that ends the session. */
  readonly sessionVersion: number;
  /** Microsoft's own session, which front-channel logout names; null for whoever signed in with a password. */
  readonly microsoft: {
    /** Of Microsoft's issuer, which has the tenant id in it. */
    readonly issuerHash: string;
    readonly sid: string | null;
    readonly logoutHint: string | null;
  } | null;
  /** What the browser calls itself, such as `Firefox on Windows`. */
  readonly browser: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

const schema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true },
    refreshHash: { type: String, required: true },
    formerHashes: { type: [String], default: [] },
    overlap: { type: Schema.Types.Mixed, default: null },
    sessionVersion: { type: Number, required: true },
    microsoft: { type: Schema.Types.Mixed, default: null },
    browser: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  { collection: 'sessions', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ 'microsoft.sid': 1 });
schema.index({ learnerId: 1 });

export const sessionModel = (connection: Connection): Model<SessionDocument> =>
  connection.model<SessionDocument>('Session', schema);
