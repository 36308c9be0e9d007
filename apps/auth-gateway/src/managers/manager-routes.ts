import type { FastifyInstance } from 'fastify';
import { withScope } from '../api-tokens/scopes.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { ManagerProblems, ProblemsQuery, readProblems } from './manager-problems.ts';
import { readReports, Reports, type ReportsDeps, ReportsQuery } from './manager-reports.ts';
import { ManagerSummary, type ManagerSummaryDeps, readSummary } from './manager-summary.ts';

export interface ManagerRoutesDeps extends ManagerSummaryDeps, ReportsDeps {
  readonly arrivals: Arrivals;
}

const reading = withScope('people:read');

/** Who manages whom, and where that is not as it should be. Owner and Admin only. */
export function managerRoutes(server: FastifyInstance, deps: ManagerRoutesDeps): void {
  server.get('/api/managers', { ...reading, schema: { response: { 200: ManagerSummary } } }, async (request, reply) => {
    const { organisation } = await deps.arrivals.administrator(request, reply);
    void reply.header('cache-control', 'no-store');
    return readSummary(deps, organisation);
  });

  server.get<{ Querystring: ReportsQuery }>(
    '/api/managers/reports',
    { ...reading, schema: { querystring: ReportsQuery, response: { 200: Reports } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      const reports = await readReports(deps, organisation.id, request.query);
      if (!reports) throw notFound();
      return reports;
    },
  );

  server.get<{ Querystring: ProblemsQuery }>(
    '/api/managers/problems',
    { ...reading, schema: { querystring: ProblemsQuery, response: { 200: ManagerProblems } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return readProblems(deps, organisation, request.query);
    },
  );
}
