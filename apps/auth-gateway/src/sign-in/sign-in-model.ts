import { type Connection, type Model, Schema } from 'mongoose';

/** A sign-in on its way: from the home page until Microsoft's answer is back. The id is its `state`. */
export interface SignInTransaction {
  readonly _id: string;
  readonly organisationId: string;
  /**
   * Of the issuer whose answer is expected (RFC 9700 section 4.4.2.1: stored with the request, against mix-up). A hash: an
   * issuer has the tenant id in it, which is nowhere in plain text.
   */
  readonly issuerHash: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** SHA-256 of the cookie of the browser that began it. */
  readonly browserHash: string;
  readonly returnTo: string;
  /** Learner id of the administrator who wants to see whether signing in works; null for an ordinary sign-in. */
  readonly tester: string | null;
  readonly expiresAt: Date;
}

/** What Microsoft answered, as far as it is needed. */
export type AuthorizationResponse =
  | { readonly kind: 'code'; readonly code: string; readonly issuerHash: string | null }
  | { readonly kind: 'error'; readonly error: string; readonly aadsts: number | null };

/** Microsoft's answer, waiting to be fetched by the browser at the organisation's home. The id is a hash of the code. */
export interface HandOver {
  readonly _id: string;
  readonly organisationId: string;
  readonly browserHash: string;
  readonly transaction: SignInTransaction;
  readonly response: AuthorizationResponse;
  readonly expiresAt: Date;
}

const transactionSchema = new Schema<SignInTransaction>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    issuerHash: { type: String, required: true },
    nonce: { type: String, required: true },
    codeVerifier: { type: String, required: true },
    browserHash: { type: String, required: true },
    returnTo: { type: String, required: true },
    tester: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'signInTransactions', versionKey: false },
);
transactionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const handOverSchema = new Schema<HandOver>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    browserHash: { type: String, required: true },
    transaction: { type: Schema.Types.Mixed, required: true },
    response: { type: Schema.Types.Mixed, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'signInHandOvers', versionKey: false },
);
handOverSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const signInTransactionModel = (connection: Connection): Model<SignInTransaction> =>
  connection.model<SignInTransaction>('SignInTransaction', transactionSchema);

export const handOverModel = (connection: Connection): Model<HandOver> =>
  connection.model<HandOver>('SignInHandOver', handOverSchema);
