import type { FastifyInstance } from 'fastify';
import { withScope } from '../api-tokens/scopes.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { readTree, StoredTree, type StoredTreeDeps } from './stored-tree.ts';

export interface GroupTreeDeps extends StoredTreeDeps {
  readonly arrivals: Arrivals;
}

/** The group that people come from, with what is nested in it. Owner and Admin only. */
export function groupTreeRoutes(server: FastifyInstance, deps: GroupTreeDeps): void {
  server.get(
    '/api/group-tree',
    { ...withScope('settings:read'), schema: { response: { 200: StoredTree } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return readTree(deps, organisation);
    },
  );
}
