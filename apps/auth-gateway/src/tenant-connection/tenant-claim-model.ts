import type { Consent } from '@learnamp/organisations';
import { type Connection, type Model, Schema } from 'mongoose';
import type { ConsolePlace } from '../hosts/console-places.ts';

/**
 * An administrator is connecting a tenant: one document from the button to the end, though the browser goes to Microsoft
 * twice. First for `consent`, whose answer names a tenant that anybody could have typed; then for `proof`, a sign-in
 * there. Of each trip the `state` is taken once.
 */
export interface TenantClaim {
  readonly _id: string;
  readonly organisationId: string;
  /** Who began it, and in which session of theirs. */
  readonly learnerId: string;
  readonly sessionId: string;
  /** SHA-256 of the cookie of the browser that began it. */
  readonly browserHash: string;
  readonly consent: Consent;
  /** The page of the console that it was begun on; null for the settings. */
  readonly returnTo: ConsolePlace | null;
  readonly stage: 'consent' | 'proof';
  /** Of the trip that is under way; null while the answer waits to be collected. */
  readonly state: string | null;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** The tenant that is to be proved, sealed; null before consent. */
  readonly tenantSealed: string | null;
  /** Hash of the code by which the organisation's home collects the answer, until then, and the answer, sealed. */
  readonly handOverHash: string | null;
  readonly handOverUntil: Date | null;
  readonly answerSealed: string | null;
  readonly expiresAt: Date;
}

const text = { type: String, required: true };
const textOrNull = { type: String, default: null };

const schema = new Schema<TenantClaim>(
  {
    _id: text,
    organisationId: text,
    learnerId: text,
    sessionId: text,
    browserHash: text,
    consent: text,
    returnTo: textOrNull,
    stage: text,
    state: textOrNull,
    nonce: text,
    codeVerifier: text,
    tenantSealed: textOrNull,
    handOverHash: textOrNull,
    handOverUntil: { type: Date, default: null },
    answerSealed: textOrNull,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'tenantClaims', versionKey: false },
);
schema.index({ state: 1 }, { unique: true, partialFilterExpression: { state: { $type: 'string' } } });
schema.index({ handOverHash: 1 }, { unique: true, partialFilterExpression: { handOverHash: { $type: 'string' } } });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const tenantClaimModel = (connection: Connection): Model<TenantClaim> =>
  connection.model<TenantClaim>('TenantClaim', schema);
