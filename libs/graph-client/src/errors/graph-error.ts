/**
 * - `token-refused`: Entra issued no token (wrong secret, application or tenant unknown); `graphCode` has the AADSTS number.
 * - `token-unavailable` (retriable): Entra could not be reached or is not well.
 * - `unauthenticated`: Graph refused the token (401), a fresh one too.
 * - `forbidden`: a permission is missing (403).
 * - `not-found`: Graph itself said that the object does not exist (404 with Graph's own error body).
 * - `conflict`: the subscription exists already (409).
 * - `bad-request`: any other 4xx.
 * - `delta-token-expired`: the delta link is too old or was reset by Graph; only a full read helps.
 * - `page-token-expired` (retriable): the pages were read too slowly; start from the first page again.
 * - `throttled` (retriable): 429 beyond what the client itself waits for; see `retryAfterMs`.
 * - `unavailable` (retriable): 5xx beyond what the client itself waits for.
 * - `network`, `timeout` (retriable): no answer, or no whole one.
 * - `unexpected-response` (retriable): an answer that is not as Graph's documentation says.
 * - `redirected`: an answer asks to go elsewhere; the token must not.
 * - `foreign-link`: a link that leads to another origin than the configured one; nothing was sent.
 * - `aborted`: the caller's signal.
 * - `bad-configuration`: an option is not usable.
 */
export type GraphErrorCode =
  | 'token-refused'
  | 'token-unavailable'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'bad-request'
  | 'delta-token-expired'
  | 'page-token-expired'
  | 'throttled'
  | 'unavailable'
  | 'network'
  | 'timeout'
  | 'unexpected-response'
  | 'redirected'
  | 'foreign-link'
  | 'aborted'
  | 'bad-configuration';

const retriableCodes: ReadonlySet<GraphErrorCode> = new Set<GraphErrorCode>([
  'token-unavailable',
  'page-token-expired',
  'throttled',
  'unavailable',
  'network',
  'timeout',
  'unexpected-response',
]);

export interface GraphErrorDetails {
  /** HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** The most exact code that Graph or Entra gave, such as `Request_ResourceNotFound` or `AADSTS7000215`. */
  readonly graphCode?: string;
  /** Graph's request id, for Microsoft's support. */
  readonly requestId?: string;
  /** How long the answer asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** The only error this library throws. Messages name codes and statuses, never a token, a tenant or a person. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: GraphErrorCode;
  /** Whether the same call may succeed later without anything being changed. */
  readonly retriable: boolean;
  readonly status: number | undefined;
  readonly graphCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: GraphErrorCode, message: string, details: GraphErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retriable = retriableCodes.has(code);
    this.status = details.status;
    this.graphCode = details.graphCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
