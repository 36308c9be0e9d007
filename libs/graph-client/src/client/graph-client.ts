import { Client, type Middleware, ResponseType, TelemetryHandler } from '@microsoft/microsoft-graph-client';
import type { GraphAnswer } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import { authentication, type Token } from './authentication.ts';
import { type Clock, systemClock } from './clock.ts';
import { Exchange, middleware } from './exchange.ts';
import type { GraphLogger } from './graph-logger.ts';
import { type GraphOrigin, graphOrigin } from './graph-origin.ts';
import { createLanes, type Lane } from './lanes.ts';
import { createRequestCount, type RequestCount } from './request-count.ts';
import { retries } from './retries.ts';
import { createRetryPolicy, type RetryOptions, type WaitForRetry } from './retry-policy.ts';
import { type SentRequest, transport } from './transport.ts';

export interface GraphClientOptions {
  /** The origin of Graph, without a version: `https://graph.microsoft.com`. http is for this machine alone. */
  readonly graphBaseUrl: string;
  readonly token: Token;
  readonly logger?: GraphLogger;
  readonly clock?: Clock;
  /** 0 ≤ x < 1, for the jitter of back-offs. */
  readonly random?: () => number;
  /** Called for each HTTP request when it has ended. */
  readonly onRequest?: (sent: SentRequest) => void;
  /** HTTP requests at the same time, a $batch counted once. Default 6. */
  readonly maxConcurrency?: number;
  /** For one HTTP request with its whole answer. Default 60,000 ms. */
  readonly timeoutMs?: number;
  readonly retry?: RetryOptions;
  /** Ends every request, also those that wait. */
  readonly signal?: AbortSignal;
}

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

/** Creates the client of one tenant. @throws GraphError `bad-configuration`. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { clock = systemClock, random = Math.random } = options;
  const origin = graphOrigin(options.graphBaseUrl);
  const waitForRetry = createRetryPolicy(clock, random, options.retry);
  const sdk = Client.initWithMiddleware({
    baseUrl: options.graphBaseUrl,
    customHosts: new Set([origin.hostname]),
    middleware: chain({ ...options, clock }, origin, waitForRetry),
  });
  const count = createRequestCount();
  const { signal, timeoutMs = 60_000 } = options;
  return scoped(
    { sdk, origin, clock, waitForRetry, timeoutMs },
    { lane: 'bulk', ...(signal ? { signal } : {}) },
    count,
  );
}

function chain(options: GraphClientOptions & { clock: Clock }, origin: GraphOrigin, waitForRetry: WaitForRetry) {
  const { clock, logger, maxConcurrency = 6, onRequest = () => undefined } = options;
  const middlewares: Middleware[] = [
    // The SDK takes addresses apart and puts them together in another order; ours, links above all, stay as they are.
    middleware(async (context, exchange, next) => {
      context.request = exchange.url;
      try {
        await next();
      } catch (error) {
        if (error instanceof GraphError) exchange.failure = error;
        throw error;
      }
    }),
    new TelemetryHandler(),
    retries({ clock, lanes: createLanes(maxConcurrency), waitForRetry, logger }),
    authentication(origin, options.token),
    transport(clock, onRequest),
  ];
  return middlewares;
}

interface Core {
  readonly sdk: Client;
  readonly origin: GraphOrigin;
  readonly clock: Clock;
  readonly waitForRetry: WaitForRetry;
  readonly timeoutMs: number;
}

function scoped(
  core: Core,
  scope: GraphScope & { readonly lane: Lane },
  count: ReturnType<typeof createRequestCount>,
): GraphClient {
  return {
    requests: count.requests,
    origin: core.origin,
    clock: core.clock,
    request: (request) => send(core, scope, count.add, request),
    waitForRetry: (attempt, retryAfterMs) => core.waitForRetry(attempt, retryAfterMs, scope.signal),
    with: (inner) => {
      const signals = [scope.signal, inner.signal].filter((signal) => signal !== undefined);
      const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
      const merged = { lane: inner.lane ?? scope.lane, ...(signal ? { signal } : {}) };
      return scoped(core, merged, createRequestCount(count.add));
    },
  };
}

async function send(
  core: Core,
  scope: GraphScope & { readonly lane: Lane },
  count: (batchMembers: number) => void,
  request: GraphRequest,
): Promise<GraphAnswer> {
  const { method = 'GET', batchMembers = 0 } = request;
  const exchange = new Exchange({
    url: core.origin.resolve(request.url),
    lane: scope.lane,
    signal: scope.signal,
    repeatable: request.repeatable ?? method !== 'POST',
    timeoutMs: core.timeoutMs,
    batchMembers,
    count,
  });
  const prepared = core.sdk
    .api('/')
    .headers({ ...request.headers })
    .responseType(ResponseType.RAW);
  prepared.middlewareOptions([exchange]);
  try {
    await byMethod[method](prepared, request.body);
  } catch (error) {
    throw exchange.failure ?? error;
  }
  if (!exchange.answer) throw new TypeError('the request ended without an answer');
  return exchange.answer;
}

type Prepared = ReturnType<Client['api']>;

const byMethod = {
  GET: (prepared: Prepared) => prepared.get(),
  POST: (prepared: Prepared, body: unknown) => prepared.post(body ?? ''),
  PATCH: (prepared: Prepared, body: unknown) => prepared.patch(body),
  DELETE: (prepared: Prepared) => prepared.delete(),
} satisfies Record<string, (prepared: Prepared, body: unknown) => Promise<unknown>>;
