import type { Middleware } from '@microsoft/microsoft-graph-client';
import { errorOfResponse, isOk } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import type { Clock } from './clock.ts';
import { type Exchange, middleware, type Next } from './exchange.ts';
import type { GraphLogger } from './graph-logger.ts';
import type { Lanes } from './lanes.ts';
import type { WaitForRetry } from './retry-policy.ts';

export interface RetriesDeps {
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly waitForRetry: WaitForRetry;
  readonly logger: GraphLogger | undefined;
}

/**
 * Sends the request in its lane until Graph has answered it, waiting as long as Graph asks, and with it whatever else is
 * for this tenant. The room in the lane is given back while waiting. Ends with a 2xx answer or throws a GraphError.
 */
export function retries(deps: RetriesDeps): Middleware {
  return middleware(async (_context, exchange, next) => {
    for (let attempt = 1; ; attempt += 1) {
      const failure = await deps.lanes.run(exchange.lane, exchange.signal, () => attemptOnce(deps, exchange, next));
      if (!failure) return;
      if (!worthRepeating(failure, exchange)) throw failure;

      const { code, status, retryAfterMs: asked } = failure;
      deps.logger?.debug({ reason: code, status, attempt, retryAfterMs: asked }, 'Graph request held back');
      if (!(await deps.waitForRetry(attempt, asked, exchange.signal))) throw failure;
    }
  });
}

async function attemptOnce(deps: RetriesDeps, exchange: Exchange, next: Next): Promise<GraphError | undefined> {
  try {
    await next();
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
  const { answer, asked } = exchange;
  if (!answer) throw new TypeError('the transport gave neither an answer nor an error');
  // Before the room is given back, or the next one would slip in.
  if (asked !== undefined) {
    deps.lanes.closeFor(asked);
    exchange.count.throttled(asked);
  }
  return isOk(answer) ? undefined : errorOfResponse(answer, asked);
}

// 429 says that Graph did nothing. After anything else nobody knows, so it matters what a second time would do.
function worthRepeating(failure: GraphError, { repeatable }: Exchange): boolean {
  if (failure.code === 'throttled') return true;
  const passing = ['unavailable', 'network', 'timeout', 'token-unavailable'].includes(failure.code);
  return passing && repeatable && failure.status !== 501;
}
