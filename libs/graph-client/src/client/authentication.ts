import type { Middleware } from '@microsoft/microsoft-graph-client';
import { GraphError } from '../errors/graph-error.ts';
import { withDeadline } from './deadline.ts';
import { middleware, setHeader } from './exchange.ts';
import type { GraphOrigin } from './graph-origin.ts';

/** Gives an access token for Graph; with `refresh`, one that does not come out of a cache. */
export type Token = (options?: { readonly refresh?: boolean }) => Promise<string>;

/**
 * Puts the token on, after making sure that it goes to Graph and nowhere else. The SDK's own handler puts none on an
 * http host, even one it was told of, so it can't be used with a local Graph.
 */
export function authentication(origin: GraphOrigin, token: Token): Middleware {
  return middleware(async (context, exchange, next) => {
    const url = typeof context.request === 'string' ? context.request : '';
    if (url !== origin.resolve(exchange.url)) {
      throw new GraphError('foreign-link', 'the address was changed on its way to Graph');
    }
    const authorise = async (refresh: boolean) => {
      const value = await withDeadline(exchange.timeoutMs, exchange.signal, () => token({ refresh }));
      setHeader(context, 'Authorization', `Bearer ${value}`);
    };
    await authorise(false);
    await next();
    if (exchange.answer?.status !== 401) return;

    // Keys and grants change before a cached token ends; one fresh token tells that from a real refusal.
    await authorise(true);
    await next();
  });
}
