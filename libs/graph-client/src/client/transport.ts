import { type Context, HTTPMessageHandler, type Middleware } from '@microsoft/microsoft-graph-client';
import type { GraphAnswer } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import type { Clock } from './clock.ts';
import { withDeadline } from './deadline.ts';
import { middleware } from './exchange.ts';

/** One HTTP request that went out. `path` is without the query, which may carry tokens and names. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** Absent when there was no answer. */
  readonly status?: number;
  readonly milliseconds: number;
  readonly batchMembers: number;
  /** Whether the answer asked to wait, in a member of a $batch too. */
  readonly throttled: boolean;
}

/**
 * The last step: sends the request by the SDK's own handler and waits for the whole answer. The body is read here, so
 * that a connection that breaks in the middle of it counts as no answer.
 */
export function transport(clock: Clock, onRequest: (sent: SentRequest) => void): Middleware {
  const handler = new HTTPMessageHandler();
  return middleware(async (context, exchange) => {
    const started = clock.now();
    const describe = () => ({
      method: context.options?.method ?? 'GET',
      path: new URL(exchange.url).pathname,
      milliseconds: clock.now() - started,
      batchMembers: exchange.batchMembers,
      throttled: exchange.asked !== undefined,
    });
    exchange.count.sent(exchange.batchMembers);
    exchange.answer = undefined;
    exchange.asked = undefined;
    try {
      exchange.answer = await withDeadline(exchange.timeoutMs, exchange.signal, (signal) =>
        send(handler, context, signal),
      );
    } catch (error) {
      onRequest(describe());
      throw asGraphError(error);
    }
    exchange.asked = exchange.askedToWait(exchange.answer, clock.now());
    onRequest({ ...describe(), status: exchange.answer.status });
  });
}

async function send(handler: Middleware, context: Context, signal: AbortSignal): Promise<GraphAnswer> {
  // A followed redirect would carry the token along; Node's fetch gives the 3xx answer itself with `manual`.
  const sent: Context = { ...context, options: { ...context.options, redirect: 'manual', signal } };
  await handler.execute(sent);
  const { response } = sent;
  if (!response) throw new GraphError('network', 'there was no answer');
  context.response = response;
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: parsed(text) };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Proxies answer in HTML; who needs an object sees that this is none.
    return text;
  }
}

// The address is checked before, so whatever fetch throws is the connection's fault, not a bug here.
const asGraphError = (error: unknown) =>
  error instanceof GraphError ? error : new GraphError('network', 'the connection to Graph failed', { cause: error });
