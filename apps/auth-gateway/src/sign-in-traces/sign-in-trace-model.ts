import { type Connection, type Model, Schema } from 'mongoose';
import type { SignInCheck } from '../sign-in/checks.ts';
import type { RefusalCode } from '../sign-in/refusals.ts';

/**
 * What became of a sign-in. Of whoever was refused, and of what Microsoft wrote, nothing is in it: they tell the
 * administrator the reference, which is the id.
 */
export interface SignInTraceDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly at: Date;
  /** The check that refused; those before it passed. Null where all did. */
  readonly check: SignInCheck | null;
  readonly refusal: RefusalCode | null;
  /** Who is signed in; null for whoever was refused. */
  readonly learnerId: string | null;
  /** The number of Microsoft's own error code. */
  readonly aadsts: number | null;
  readonly expiresAt: Date;
}

const schema = new Schema<SignInTraceDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    at: { type: Date, required: true },
    check: { type: String, default: null },
    refusal: { type: String, default: null },
    learnerId: { type: String, default: null },
    aadsts: { type: Number, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'signInTraces', versionKey: false },
);
schema.index({ organisationId: 1, at: -1 });
schema.index({ organisationId: 1, learnerId: 1, at: -1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const signInTraceModel = (connection: Connection): Model<SignInTraceDocument> =>
  connection.model<SignInTraceDocument>('SignInTrace', schema);
