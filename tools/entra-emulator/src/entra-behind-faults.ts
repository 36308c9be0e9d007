import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { EntraError } from './entra/errors/entra-error.ts';
import { errorBody, errorReference } from './entra/errors/error-report.ts';
import type { RuledRequest } from './graph/faults/active-rule.ts';
import type { DrawnFault } from './graph/faults/fault.ts';
import { combined, type FaultRules } from './graph/faults/fault-rules.ts';
import type { GraphTenant } from './graph/protocol/graph-call.ts';

/** What it takes to spoil sign-in as Graph is spoilt: when Microsoft is down, all of it is. */
export interface EntraFaultDeps {
  readonly faultRules: FaultRules;
  readonly tenants: readonly GraphTenant[];
  readonly clock: () => Date;
  wait(ms: number): Promise<unknown>;
}

/** Entra, as far as the fault rules let its requests through. */
export function entraBehindFaults(entra: FastifyPluginAsync, deps: EntraFaultDeps): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const met = deps.faultRules.meet(ruledRequest(request, deps.tenants));
      const fault = combined(met.map((one) => one.fault));
      if (fault.delayMs !== undefined) await deps.wait(fault.delayMs);
      if (fault.drop) return drop(request, reply);
      if (fault.status !== undefined) return refuse(request, reply, fault, deps.clock());
      return undefined;
    });
    await app.register(entra);
  };
}

function ruledRequest({ method, url }: FastifyRequest, tenants: readonly GraphTenant[]): RuledRequest {
  const path = url.replace(/\?.*$/, '');
  const [, segment = ''] = path.split('/');
  const tenantId = tenants.find((tenant) => isNamed(tenant, segment.toLowerCase()))?.directory.tenant.id;
  return {
    service: 'entra',
    method,
    url,
    template: `${method} ${path.replace(/^\/[^/]+/, '/{tenant}')}`,
    batchMember: false,
    ...(tenantId === undefined ? {} : { tenantId }),
  };
}

function isNamed({ directory }: GraphTenant, name: string): boolean {
  const { id, verifiedDomains } = directory.tenant;
  return id === name || verifiedDomains.some((domain) => domain.name.toLowerCase() === name);
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function refuse(request: FastifyRequest, reply: FastifyReply, fault: DrawnFault, now: Date): FastifyReply {
  const { status = 503, message, retryAfter } = fault;
  const error = new EntraError(90033, message);
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  return reply.code(status).send(errorBody(error, errorReference(now, request.headers['client-request-id'])));
}
