import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { leaveOutEmpty } from '../paging/leave-out-empty.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { OutcomesQuery, readOutcomes, RunOutcomes, type RunOutcomesDeps } from './run-outcomes.ts';
import { RunView } from './run-view.ts';
import type { Runs } from './runs.ts';

export interface OneRunDeps extends RunOutcomesDeps {
  readonly arrivals: Arrivals;
  readonly runs: Pick<Runs, 'find'>;
}

const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
type Id = Static<typeof Id>;

const reading = withScope('provisioning:read');

/** One run, named by its id or by that of a request that it answers, and what it did to whom. Owner and Admin only. */
export function oneRunRoutes(server: FastifyInstance, deps: OneRunDeps): void {
  server.get<{ Params: Id }>(
    '/api/sync-runs/:id',
    { ...reading, schema: { params: Id, response: { 200: RunView } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      const run = await deps.runs.find(organisation.id, request.params.id);
      if (!run) throw notFound();
      return run;
    },
  );

  server.get<{ Params: Id; Querystring: OutcomesQuery }>(
    '/api/sync-runs/:id/outcomes',
    {
      ...reading,
      preValidation: leaveOutEmpty,
      schema: { params: Id, querystring: OutcomesQuery, response: { 200: RunOutcomes } },
    },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      const run = await deps.runs.find(organisation.id, request.params.id);
      if (!run) throw notFound();
      return readOutcomes(deps, { organisationId: organisation.id, runId: run.id }, request.query);
    },
  );
}
