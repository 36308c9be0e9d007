import type { DirectoryReads } from '../directory/directory.ts';
import type { AccessToken } from '../entra/ports.ts';
import { faultError } from './faults/fault-answer.ts';
import type { DrawnFault } from './faults/fault.ts';
import { meetFaults } from './faults/meet-faults.ts';
import { spoilAnswer } from './faults/spoil-answer.ts';
import type { GraphDeps } from './graph-deps.ts';
import { checkAccess } from './protocol/access.ts';
import type { GraphTenant } from './protocol/graph-call.ts';
import { GraphError } from './protocol/graph-error.ts';
import { checkSize, type GraphAnswer } from './protocol/graph-request.ts';
import { unauthenticated } from './protocol/refusals.ts';
import { parseQueryOptions, type QueryOptions } from './query/query-options.ts';
import type { Visit } from './request-log/visit.ts';
import { admitVisit } from './throttling/admit-visit.ts';

/**
 * Takes a request through all that Graph does with it. Throws the GraphError that refuses it; undefined when a fault
 * closes the connection.
 */
export async function carryOut(deps: GraphDeps, visit: Visit, known?: AccessToken): Promise<GraphAnswer | undefined> {
  const token = known ?? (await attempt(() => authenticate(deps, visit)));
  if (!(token instanceof GraphError)) visit.token = token;
  const fault = meetFaults(deps, visit, deps.counter.count(visit));
  const refusal = faultError(fault, visit.request);
  if (fault.drop || refusal) {
    await delay(deps, fault);
    if (fault.drop || refusal === undefined) return undefined;
    throw refusal;
  }
  if (token instanceof GraphError) throw token;
  checkSize(visit.request);
  const tenant = deps.tenant(token.tenantId);
  if (tenant === undefined) throw unauthenticated('The identity of the calling application could not be established.');
  return answerAdmitted(deps, visit, token, tenant, fault);
}

async function answerAdmitted(
  deps: GraphDeps,
  visit: Visit,
  token: AccessToken,
  tenant: GraphTenant,
  fault: DrawnFault,
): Promise<GraphAnswer | undefined> {
  const options = await attempt(() => parseQueryOptions(visit.request.query));
  const leave = await admitVisit(deps, visit, tenant, options instanceof GraphError ? {} : options);
  try {
    await delay(deps, fault);
    const answer = spoilAnswer(await perform(deps, visit, token, tenant, fault, options), fault);
    // The batch has one body for all its members: there is nothing to cut one off from.
    return answer.cut && visit.request.batchId ? undefined : answer;
  } finally {
    leave();
  }
}

async function perform(
  deps: GraphDeps,
  { id, request, match }: Visit,
  token: AccessToken,
  tenant: GraphTenant,
  fault: DrawnFault,
  options: QueryOptions | GraphError,
): Promise<GraphAnswer> {
  if (match instanceof GraphError) throw match;
  const { route, parameters } = match;
  checkAccess({ token, tenant, parameters }, route);
  if (options instanceof GraphError) throw options;
  const now = deps.clock();
  tenant.writes.purgeExpired();
  const directory = fault.lag ? tenant.replicas.behind(fault.lag, now) : tenant.directory;
  const indexLag = fault.indexLag ?? deps.indexLag;
  const index = (): DirectoryReads => (indexLag ? tenant.replicas.behind(indexLag, now) : directory);
  return route.handle({ requestId: id, request, parameters, options, token, tenant, directory, index, fault, now });
}

async function delay(deps: GraphDeps, { delayMs }: DrawnFault): Promise<void> {
  if (delayMs !== undefined) await deps.wait(delayMs);
}

async function authenticate(deps: GraphDeps, { request }: Visit): Promise<AccessToken> {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
  if (token === undefined) throw unauthenticated('Access token is empty.');
  try {
    return await deps.verifyAccessToken(token);
  } catch {
    throw unauthenticated('Access token validation failure.');
  }
}

async function attempt<Result>(run: () => Result | Promise<Result>): Promise<Result | GraphError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}
