import type { Random } from '../../generate/random.ts';
import { urlOf, type Visit } from '../request-log/visit.ts';
import { drawFault } from './active-rule.ts';
import type { DrawnFault, FaultRequest, Faults } from './fault.ts';
import { combined, type FaultRules } from './fault-rules.ts';

/** Where faults come from. */
export interface FaultSources {
  readonly faults: Faults;
  readonly faultRules: FaultRules;
  /** Draws for the function; each rule draws for itself. */
  readonly random: Random;
}

/** Everything that goes wrong with a request, in one; the function goes before the rules. Noted on the visit. */
export function meetFaults({ faults, faultRules, random }: FaultSources, visit: Visit, count: number): DrawnFault {
  const request = faultRequest(visit, count);
  const own = faults.beforeRequest?.(request);
  const met = faultRules.meet(request);
  visit.faults = [...(own === undefined ? [] : ['beforeRequest']), ...met.map(({ id }) => id)];
  return combined([...(own === undefined ? [] : [drawFault(own, random)]), ...met.map(({ fault }) => fault)]);
}

function faultRequest(visit: Visit, count: number): FaultRequest {
  const { request, template, token } = visit;
  return {
    service: 'graph',
    method: request.method,
    url: urlOf(request),
    template,
    count,
    batchMember: request.batchId !== undefined,
    ...(token === undefined ? {} : { tenantId: token.tenantId, appId: token.appId }),
  };
}
