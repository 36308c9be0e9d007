import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** Where a route answers. */
export type Place = 'anywhere' | 'central' | 'home';

/** A route as the router has it. */
export interface Route {
  readonly place: Place;
  readonly method: string;
  readonly url: string;
  /** What a token needs to be taken; undefined where none is. */
  readonly scope: string | undefined;
}

export const nameOf = ({ place, method, url }: Pick<Route, 'place' | 'method' | 'url'>): string =>
  `${place} ${method} ${url}`;

/** Every route of a server that is built while `build` runs: Fastify tells of each server that it makes. */
export async function routesOf<Result>(build: () => Promise<Result>): Promise<{ result: Result; routes: Route[] }> {
  const found: RouteOptions[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => void found.push(route));
  };
  diagnostics.subscribe('fastify.initialization', listen);
  try {
    const result = await build();
    // Only now: hooks of the places themselves say later which hosts they answer.
    return { result, routes: found.flatMap(routesIn) };
  } finally {
    diagnostics.unsubscribe('fastify.initialization', listen);
  }
}

function routesIn({ method, url, constraints, config }: RouteOptions): Route[] {
  const host: unknown = constraints?.['host'];
  const place = host === undefined ? 'anywhere' : host instanceof RegExp ? 'home' : 'central';
  const { scope } = (config ?? {}) as { readonly scope?: string };
  return [method].flat().map((one) => ({ place, method: one, url, scope }));
}
