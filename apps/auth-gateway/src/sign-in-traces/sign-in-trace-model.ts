import { type Connection, type Model, Schema } from 'mongoose';
import type { SignInCheck } from '../sign-in/checks.ts';
import type { RefusalCode } from '../sign-in/refusals.ts';

/**
 * How far a refused sign-in came. Nothing of the person or of what Microsoft wrote is in it: whoever was refused tells
 * the administrator the reference, which is the id.
 */
export interface SignInTraceDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly at: Date;
  /** The check that refused; those before it passed. */
  readonly check: SignInCheck;
  readonly refusal: RefusalCode;
  /** The number of Microsoft's own error code. */
  readonly aadsts: number | null;
  readonly expiresAt: Date;
}

const schema = new Schema<SignInTraceDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    at: { type: Date, required: true },
    check: { type: String, required: true },
    refusal: { type: String, required: true },
    aadsts: { type: Number, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'signInTraces', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const signInTraceModel = (connection: Connection): Model<SignInTraceDocument> =>
  connection.model<SignInTraceDocument>('SignInTrace', schema);
