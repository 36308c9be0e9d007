import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { GraphAnswer } from '../errors/error-of-response.ts';
import type { GraphError } from '../errors/graph-error.ts';
import type { Lane } from './lanes.ts';
import type { RequestCounter } from './request-count.ts';

/** What the middleware of one request share: what was asked, and what became of it. */
export class Exchange {
  readonly url: string;
  readonly lane: Lane;
  readonly signal: AbortSignal | undefined;
  /** Whether it may be sent again when nobody knows if Graph acted on it. */
  readonly repeatable: boolean;
  readonly timeoutMs: number;
  readonly batchMembers: number;
  readonly count: Pick<RequestCounter, 'sent' | 'throttled'>;
  /** How long, in milliseconds from `now`, an answer asks everybody of this tenant to wait. */
  readonly askedToWait: (answer: GraphAnswer, now: number) => number | undefined;
  /** The last answer, whatever it says. */
  answer: GraphAnswer | undefined;
  /** How long, in milliseconds, the last answer asks to wait; undefined where it doesn't. */
  asked: number | undefined;
  /** The SDK wraps what a middleware throws and loses it; here it is kept. */
  failure: GraphError | undefined;

  constructor(asked: Omit<Exchange, 'answer' | 'asked' | 'failure'>) {
    this.url = asked.url;
    this.lane = asked.lane;
    this.signal = asked.signal;
    this.repeatable = asked.repeatable;
    this.timeoutMs = asked.timeoutMs;
    this.batchMembers = asked.batchMembers;
    this.count = asked.count;
    this.askedToWait = asked.askedToWait;
  }
}

export type Next = () => Promise<void>;

/** One step of the SDK's middleware chain: does its part and calls `next` for the rest. */
export function middleware(step: (context: Context, exchange: Exchange, next: Next) => Promise<void>): Middleware {
  let following: Middleware | undefined;
  return {
    execute: async (context) => {
      const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange);
      if (!(exchange instanceof Exchange)) throw new TypeError('the request was not made by this client');
      await step(context, exchange, async () => following?.execute(context));
    },
    setNext: (middlewareAfter) => {
      following = middlewareAfter;
    },
  };
}

/** Sets a header, which the SDK keeps in a plain object. */
export function setHeader(context: Context, name: string, value: string): void {
  context.options = { ...context.options, headers: { ...(context.options?.headers as object), [name]: value } };
}
