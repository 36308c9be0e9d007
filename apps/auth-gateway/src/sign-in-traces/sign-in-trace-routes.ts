import type { FastifyInstance } from 'fastify';
import { withScope } from '../api-tokens/scopes.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { SignInTraceView, traceView } from './sign-in-trace-view.ts';
import type { SignInTraces } from './sign-in-traces.ts';

export interface SignInTraceDeps {
  readonly arrivals: Arrivals;
  readonly traces: SignInTraces;
}

/** What an administrator finds by the reference that somebody who was refused saw. */
export function signInTraceRoutes(server: FastifyInstance, { arrivals, traces }: SignInTraceDeps): void {
  server.get<{ Params: { reference: string } }>(
    '/api/sign-in-traces/:reference',
    { ...withScope('sign-ins:read'), schema: { response: { 200: SignInTraceView } } },
    async (request, reply) => {
      const { organisation } = await arrivals.administrator(request, reply);
      const trace = await traces.find(request.params.reference.toUpperCase(), organisation.id);
      if (!trace) throw notFound();
      void reply.header('cache-control', 'no-store');
      return traceView(trace, organisation.name);
    },
  );
}
