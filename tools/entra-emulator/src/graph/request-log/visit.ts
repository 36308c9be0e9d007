import { randomUUID } from 'node:crypto';
import type { AccessToken } from '../../entra/ports.ts';
import { GraphError } from '../protocol/graph-error.ts';
import type { GraphRequest } from '../protocol/graph-request.ts';
import type { Match, Router } from '../routing/router.ts';

/** A request on its way through Graph, and what becomes known of it on the way. */
export interface Visit {
  /** Graph's `request-id`. */
  readonly id: string;
  readonly request: GraphRequest;
  readonly at: Date;
  /** Of the process's steady clock. */
  readonly startedAt: number;
  /** The route, or the refusal when there is none. */
  readonly match: Match | GraphError;
  /** Such as `GET /users/{user}`; `unknown` without a route. */
  readonly template: string;
  token?: AccessToken;
  /** Of the directory's budgets. */
  units: number;
  throttleHeaders: Readonly<Record<string, string>>;
  throttled: boolean;
  faults: readonly string[];
}

/** Notes the arrival of a request. */
export function beginVisit(request: GraphRequest, router: Router, at: Date): Visit {
  const match = matchOf(router, request);
  const template = match instanceof GraphError ? 'unknown' : `${match.route.method} ${match.route.path}`;
  const facts = { id: randomUUID(), request, at, startedAt: performance.now(), match, template };
  return { ...facts, units: 0, throttleHeaders: {}, throttled: false, faults: [] };
}

/** The address of a request below `/v1.0`. */
export function urlOf({ path, query }: Pick<GraphRequest, 'path' | 'query'>): string {
  return query === '' ? path : `${path}?${query}`;
}

function matchOf(router: Router, { method, path }: GraphRequest): Match | GraphError {
  try {
    return router.match(method, path);
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}
