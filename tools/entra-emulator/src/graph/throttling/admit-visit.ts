import type { GraphTenant } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import type { QueryOptions } from '../query/query-options.ts';
import type { Visit } from '../request-log/visit.ts';
import { chargesOf, isMailboxRequest, refusedMethod, type Charges } from './charges.ts';
import type { Leave, MailboxLanes } from './mailbox-lanes.ts';
import type { Caller, Throttle, Verdict } from './throttle.ts';
import { mailboxThrottled, tooManyRequests } from './too-many-requests.ts';

/** From where on Graph warns of the limit. */
const WARNING_SHARE = 0.8;

/** What lets requests in. */
export interface Gate {
  readonly throttle: Throttle;
  readonly lanes: MailboxLanes;
}

/** Lets a request in, or refuses it with 429. What is returned must be called when the request is answered. */
export async function admitVisit(
  gate: Gate,
  visit: Visit,
  tenant: GraphTenant,
  options: Partial<QueryOptions>,
): Promise<Leave> {
  const caller = callerOf(visit, tenant);
  const charges = chargesOfVisit(visit, options);
  visit.units = charges.resourceUnits ?? 0;
  const verdict = gate.throttle.charge(caller, charges, visit.at);
  visit.throttleHeaders = warning(verdict);
  if (verdict.exceeded) throw refuse(visit, tooManyRequests(verdict.exceeded, caller, visit.template));
  if (!gate.throttle.isOn || caller.mailbox === '') return () => undefined;
  return takeLane(gate.lanes, visit, caller);
}

function chargesOfVisit({ match, template, request }: Visit, options: Partial<QueryOptions>): Charges {
  if (match instanceof GraphError && match.status === 405) return refusedMethod;
  return chargesOf({ template, options, bytes: request.body?.length ?? 0 });
}

/** Members of a batch wait for a lane: Graph runs as many of them at a time as there are. */
async function takeLane(lanes: MailboxLanes, visit: Visit, { appId, tenantId, mailbox }: Caller): Promise<Leave> {
  const key = `${appId} ${tenantId} ${mailbox}`;
  const leave = visit.request.batchId === undefined ? lanes.tryEnter(key) : await lanes.enter(key);
  if (leave === undefined) throw refuse(visit, mailboxThrottled('MailboxConcurrency', 1));
  return leave;
}

function callerOf({ template, match, token }: Visit, { directory }: GraphTenant): Caller {
  const isKnown = isMailboxRequest(template) && !(match instanceof GraphError);
  const key = isKnown ? (match.parameters['user'] ?? token?.userId) : '';
  return {
    appId: token?.appId ?? '',
    tenantId: directory.tenant.id,
    users: directory.everyId('user').length,
    // One mailbox, by whichever name it is called.
    mailbox: directory.findUserByUpn(key ?? '')?.id ?? (key ?? '').toLowerCase(),
  };
}

function warning({ share }: Verdict): Record<string, string> {
  if (share <= WARNING_SHARE) return {};
  return { 'x-ms-throttle-limit-percentage': (Math.ceil(share * 100) / 100).toFixed(2) };
}

function refuse(visit: Visit, refusal: GraphError): GraphError {
  visit.throttled = true;
  return refusal;
}
