import { Client, type Middleware, TelemetryHandler } from '@microsoft/microsoft-graph-client';
import { GraphError } from '../errors/graph-error.ts';
import { authentication, type Token } from './authentication.ts';
import { type Clock, systemClock } from './clock.ts';
import { middleware } from './exchange.ts';
import type { GraphClient, GraphScope } from './graph-client.ts';
import type { GraphLogger } from './graph-logger.ts';
import { type GraphOrigin, graphOrigin } from './graph-origin.ts';
import { createLanes, type Lane } from './lanes.ts';
import { createRequestCount } from './request-count.ts';
import { retries, type RetriesDeps } from './retries.ts';
import { createRetryPolicy, longestWaitMs, type RetryOptions } from './retry-policy.ts';
import { sendRequest } from './send-request.ts';
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

/** Creates the client of one tenant. @throws GraphError `bad-configuration`. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { clock = systemClock, random = Math.random, maxConcurrency = 6, retry = {} } = options;
  const origin = graphOrigin(options.graphBaseUrl);
  const lanes = createLanes({ maxConcurrency, clock, longestWaitMs: retry.maxWaitMs ?? longestWaitMs });
  const waitForRetry = createRetryPolicy(clock, random, retry);
  const sdk = Client.initWithMiddleware({
    baseUrl: options.graphBaseUrl,
    customHosts: new Set([origin.hostname]),
    middleware: chain(options, origin, { clock, lanes, waitForRetry, logger: options.logger }),
  });
  const count = createRequestCount();
  const { signal, timeoutMs = 60_000 } = options;
  return scoped(
    { sdk, origin, clock, waitForRetry, timeoutMs },
    { lane: 'bulk', ...(signal ? { signal } : {}) },
    count,
  );
}

function chain({ token, onRequest = () => undefined }: GraphClientOptions, origin: GraphOrigin, retrying: RetriesDeps) {
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
    retries(retrying),
    authentication(origin, token),
    transport(retrying.clock, onRequest),
  ];
  return middlewares;
}

interface Core {
  readonly sdk: Client;
  readonly origin: GraphOrigin;
  readonly clock: Clock;
  readonly waitForRetry: RetriesDeps['waitForRetry'];
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
    request: (request) => sendRequest({ ...core, scope, count }, request),
    waitForRetry: (attempt, retryAfterMs) => core.waitForRetry(attempt, retryAfterMs, scope.signal),
    with: (inner) => {
      const signals = [scope.signal, inner.signal].filter((signal) => signal !== undefined);
      const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
      const merged = { lane: inner.lane ?? scope.lane, ...(signal ? { signal } : {}) };
      return scoped(core, merged, createRequestCount(count));
    },
  };
}
