import type { AccessToken } from '../entra/ports.ts';
import { carryOut } from './carry-out.ts';
import type { GraphDeps } from './graph-deps.ts';
import { errorBody, GraphError } from './protocol/graph-error.ts';
import type { GraphAnswer, GraphRequest } from './protocol/graph-request.ts';
import { beginVisit, type Visit } from './request-log/visit.ts';
import { createRouter } from './routing/router.ts';

/** A request that a fault cut off: there is no answer. */
export class DroppedConnection extends Error {}

/** Answers one request below `/v1.0`; refusals are answers too. Rejects only with DroppedConnection, or for a bug. */
export type GraphService = (request: GraphRequest, token?: AccessToken) => Promise<GraphAnswer>;

/**
 * Graph as a function, without any socket. A member of a batch brings the token of the batch along, and so may a caller
 * in the same process: whoever gives a token needs no `Authorization`.
 */
export function createGraphService(deps: GraphDeps): GraphService {
  const router = createRouter(deps.routes);
  return async (request, token) => {
    const visit = beginVisit(request, router, deps.clock());
    const answer = await answerVisit(deps, visit, token);
    deps.log.record(visit, answer?.status);
    if (answer === undefined) throw new DroppedConnection('a fault closed the connection');
    return answer;
  };
}

/** Undefined when a fault closes the connection. */
async function answerVisit(deps: GraphDeps, visit: Visit, token?: AccessToken): Promise<GraphAnswer | undefined> {
  try {
    const answer = await carryOut(deps, visit, token);
    return answer && { ...answer, headers: { ...headersOf(visit), ...answer.headers } };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const body = errorBody(error, deps.clock(), visit.id, clientRequestId(visit));
    return { status: error.status, headers: { ...headersOf(visit), ...error.headers }, body };
  }
}

function headersOf(visit: Visit): Record<string, string> {
  const { id, units, throttleHeaders } = visit;
  const cost = units === 0 ? {} : { 'x-ms-resource-unit': String(units) };
  return { 'request-id': id, 'client-request-id': clientRequestId(visit), ...cost, ...throttleHeaders };
}

function clientRequestId({ id, request }: Visit): string {
  return request.headers['client-request-id'] ?? id;
}
