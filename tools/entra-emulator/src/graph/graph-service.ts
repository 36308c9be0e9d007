import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AccessToken } from '../entra/ports.ts';
import type { Fault, Faults } from './faults/fault.ts';
import { faultError } from './faults/fault-answer.ts';
import type { RequestCounter } from './faults/request-counts.ts';
import { holds, type GraphTenant, type Route } from './protocol/graph-call.ts';
import { errorBody, GraphError } from './protocol/graph-error.ts';
import type { GraphAnswer, GraphRequest } from './protocol/graph-request.ts';
import { denied, unauthenticated } from './protocol/refusals.ts';
import { resourceUnits } from './protocol/resource-units.ts';
import { parseQueryOptions } from './query/query-options.ts';
import { createRouter, type Match } from './router.ts';

/** What Graph is built from. */
export interface GraphDeps {
  readonly routes: readonly Route[];
  /** Rejects a token that is not valid. */
  verifyAccessToken(token: string): Promise<AccessToken>;
  tenant(tenantId: string): GraphTenant | undefined;
  readonly faults: Faults;
  readonly counter: RequestCounter;
  readonly clock: () => Date;
}

/** A request that a fault cut off: there is no answer. */
export class DroppedConnection extends Error {}

/** Answers one request below `/v1.0`; refusals are answers too. Rejects only with DroppedConnection, or for a bug. */
export type GraphService = (request: GraphRequest, token?: AccessToken) => Promise<GraphAnswer>;

/** Graph as a function. A member of a batch brings the token of the batch along. */
export function createGraphService(deps: GraphDeps): GraphService {
  const router = createRouter(deps.routes);
  return async (request, token) => {
    const requestId = randomUUID();
    const trace = { 'request-id': requestId, 'client-request-id': request.headers['client-request-id'] ?? requestId };
    try {
      const { answer, units } = await carryOut(deps, router, request, token);
      return { ...answer, headers: { ...trace, 'x-ms-resource-unit': String(units), ...answer.headers } };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const body = errorBody(error, deps.clock(), requestId, trace['client-request-id']);
      return { status: error.status, headers: { ...trace, 'x-ms-resource-unit': '1', ...error.headers }, body };
    }
  };
}

async function carryOut(
  deps: GraphDeps,
  router: ReturnType<typeof createRouter>,
  request: GraphRequest,
  batchToken: AccessToken | undefined,
): Promise<{ answer: GraphAnswer; units: number }> {
  const match = attempt(() => router.match(request.method, request.path));
  const template = match instanceof GraphError ? 'unknown' : `${match.route.method} ${match.route.path}`;
  const fault = await meetFault(deps, request, template);
  const token = batchToken ?? (await authenticate(deps, request));
  if (match instanceof GraphError) throw match;
  const tenant = deps.tenant(token.tenantId);
  if (tenant === undefined) throw unauthenticated('The identity of the calling application could not be established.');
  if (match.route.permissions.length > 0 && !holds({ token }, match.route.permissions)) throw denied();
  return perform(deps, request, match, token, tenant, fault);
}

async function perform(
  deps: GraphDeps,
  request: GraphRequest,
  { route, parameters }: Match,
  token: AccessToken,
  tenant: GraphTenant,
  fault: Fault | undefined,
): Promise<{ answer: GraphAnswer; units: number }> {
  const now = deps.clock();
  tenant.writes.purgeExpired();
  const options = parseQueryOptions(request.query);
  const directory = fault?.lag ? tenant.replica.behind(fault.lag, now) : tenant.directory;
  const call = { request, parameters, options, token, tenant, directory, fault, now };
  const answer = await route.handle(call);
  return { answer, units: resourceUnits(route.units ?? 1, options) };
}

async function meetFault(deps: GraphDeps, request: GraphRequest, template: string): Promise<Fault | undefined> {
  const count = deps.counter.count(template, request.batchMember);
  const url = request.query === '' ? request.path : `${request.path}?${request.query}`;
  const { method, batchMember } = request;
  const fault = deps.faults.beforeRequest?.({ method, url, template, count, batchMember });
  if (fault === undefined) return undefined;
  if (fault.delayMs !== undefined) await delay(fault.delayMs);
  if (fault.drop) throw new DroppedConnection('a fault closed the connection');
  const error = faultError(fault, request);
  if (error) throw error;
  return fault;
}

async function authenticate(deps: GraphDeps, request: GraphRequest): Promise<AccessToken> {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
  if (token === undefined) throw unauthenticated('Access token is empty.');
  try {
    return await deps.verifyAccessToken(token);
  } catch {
    throw unauthenticated('Access token validation failure.');
  }
}

function attempt<Result>(run: () => Result): Result | GraphError {
  try {
    return run();
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}
