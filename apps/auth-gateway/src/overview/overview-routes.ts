import type { FastifyInstance } from 'fastify';
import { withScope } from '../api-tokens/scopes.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { Overview } from './overview-view.ts';
import { readOverview, type ReadOverviewDeps } from './read-overview.ts';

export interface OverviewDeps extends ReadOverviewDeps {
  readonly arrivals: Arrivals;
}

/** How an organisation's provisioning is, at a glance. Owner and Admin only. */
export function overviewRoutes(server: FastifyInstance, deps: OverviewDeps): void {
  server.get(
    '/api/overview',
    { ...withScope('provisioning:read'), schema: { response: { 200: Overview } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return readOverview(deps, organisation);
    },
  );
}
