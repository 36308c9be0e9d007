import type { GraphAnswer } from '../errors/error-of-response.ts';
import type { Clock } from './clock.ts';
import type { GraphOrigin } from './graph-origin.ts';
import type { Lane } from './lanes.ts';
import type { RequestCount } from './request-count.ts';

export interface GraphRequest {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A path under the version, such as `/users/{id}`, or a link that Graph gave, unchanged. */
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it may be sent again when nobody knows if Graph acted on it. Default: all but POST. */
  readonly repeatable?: boolean;
  /** How many requests a $batch carries. */
  readonly batchMembers?: number;
  /** How long, in milliseconds from `now`, the answer asks to wait. Default: what its Retry-After says. */
  readonly askedToWait?: (answer: GraphAnswer, now: number) => number | undefined;
}

/** The part of a client that a piece of work has for itself. */
export interface GraphScope {
  readonly lane?: Lane;
  readonly signal?: AbortSignal;
}

/** Microsoft Graph for one tenant. */
export interface GraphClient {
  /** What went out through this client and the scopes made from it, repeated requests included. */
  readonly requests: RequestCount;
  readonly origin: GraphOrigin;
  readonly clock: Clock;
  /** Resolves with a 2xx answer. @throws GraphError for everything else. */
  request(request: GraphRequest): Promise<GraphAnswer>;
  /** Waits as the client itself waits before it repeats a request. False when it should not be repeated. */
  waitForRetry(attempt: number, retryAfterMs: number | undefined): Promise<boolean>;
  /** The same client, its budget shared, with its own lane, signal and count. */
  with(scope: GraphScope): GraphClient;
}
