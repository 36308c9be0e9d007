import { type Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { GraphAnswer } from '../errors/error-of-response.ts';
import { Exchange } from './exchange.ts';
import type { GraphRequest, GraphScope } from './graph-client.ts';
import type { GraphOrigin } from './graph-origin.ts';
import type { Lane } from './lanes.ts';
import type { RequestCounter } from './request-count.ts';
import { askedToWait } from './retry-after.ts';

export interface SendRequestDeps {
  readonly sdk: Client;
  readonly origin: GraphOrigin;
  readonly timeoutMs: number;
  readonly scope: GraphScope & { readonly lane: Lane };
  readonly count: Pick<RequestCounter, 'sent' | 'throttled'>;
}

/** Sends a request through the SDK and gives the whole answer, which is a 2xx. @throws GraphError */
export async function sendRequest(deps: SendRequestDeps, request: GraphRequest): Promise<GraphAnswer> {
  const { origin, scope, timeoutMs, count } = deps;
  const { method = 'GET', batchMembers = 0 } = request;
  const exchange = new Exchange({
    url: origin.resolve(request.url),
    lane: scope.lane,
    signal: scope.signal,
    repeatable: request.repeatable ?? method !== 'POST',
    timeoutMs,
    batchMembers,
    count,
    askedToWait: request.askedToWait ?? askedToWait,
  });
  const prepared = deps.sdk
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
