import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

export type MicrosoftErrorCode =
  /** No answer, or none that makes sense. */
  | 'unreachable'
  /** Microsoft said no, perhaps with an AADSTS number. */
  | 'refused'
  /** An ID token that isn't right. */
  | 'token-refused';

/** Something went wrong between us and Microsoft. The cause is for the log, with care; the message says nothing of it. */
export class MicrosoftError extends Error {
  readonly code: MicrosoftErrorCode;
  readonly retriable: boolean;
  /** The number of Microsoft's own error code, such as 50105 of AADSTS50105. */
  readonly aadsts: number | undefined;

  constructor(code: MicrosoftErrorCode, options?: ErrorOptions & { aadsts?: number | undefined }) {
    super(`Microsoft: ${code}`, options);
    this.name = 'MicrosoftError';
    this.code = code;
    this.retriable = code === 'unreachable';
    this.aadsts = options?.aadsts;
  }
}

/** The number in Microsoft's error text. The rest of the text is never used: it may be anybody's words. */
export function aadstsOf(description: unknown): number | undefined {
  const match = typeof description === 'string' ? /\bAADSTS(\d{5,8})\b/.exec(description) : null;
  return match ? Number(match[1]) : undefined;
}

/** Which kind of failure the exchange of a code ended with. */
export function exchangeFailure(error: unknown): MicrosoftError {
  if (error instanceof ResponseBodyError) {
    return new MicrosoftError('refused', { cause: error, aadsts: aadstsOf(error.error_description) });
  }
  if (error instanceof AuthorizationResponseError) return new MicrosoftError('refused', { cause: error });
  return new MicrosoftError(isAboutToken(error) ? 'token-refused' : 'unreachable', { cause: error });
}

/** The application itself was not believed (RFC 6749 section 5.2). */
export const isAboutCredential = (error: unknown): boolean =>
  error instanceof ResponseBodyError && error.error === 'invalid_client';

// Codes of openid-client for what an answer says, as against whether one came.
const tokenCodes = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_PARSE_ERROR',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_MISSING_SERVER_METADATA',
]);

const isAboutToken = (error: unknown) => error instanceof ClientError && tokenCodes.has(error.code ?? '');
