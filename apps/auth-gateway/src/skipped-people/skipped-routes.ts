import type { FastifyInstance } from 'fastify';
import { withScope } from '../api-tokens/scopes.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { readSkipped, type SkippedDeps, SkippedPeople } from './skipped-people.ts';

export interface SkippedRoutesDeps extends SkippedDeps {
  readonly arrivals: Arrivals;
}

/** Who is in the group and was skipped. Owner and Admin only. */
export function skippedRoutes(server: FastifyInstance, deps: SkippedRoutesDeps): void {
  server.get(
    '/api/skipped',
    { ...withScope('provisioning:read'), schema: { response: { 200: SkippedPeople } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return readSkipped(deps, organisation.id);
    },
  );
}
