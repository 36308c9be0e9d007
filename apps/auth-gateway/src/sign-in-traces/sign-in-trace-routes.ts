import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import Type from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { namesOf, SOMEBODY_GONE } from '../home/names-of.ts';
import { sendPage } from '../pages/page.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import type { SignInTraceDocument } from './sign-in-trace-model.ts';
import { signInListPage, signInPage } from './sign-in-trace-pages.ts';
import { type NameOf, SignInTraceSummary, SignInTraceView, traceSummary, traceView } from './sign-in-trace-view.ts';
import type { SignInTraces } from './sign-in-traces.ts';

export interface SignInTraceDeps {
  readonly arrivals: Arrivals;
  readonly traces: SignInTraces;
  readonly learners: Model<LearnerDocument>;
}

interface ByReference {
  Params: { readonly reference: string };
}
const List = Type.Object({ signIns: Type.Array(SignInTraceSummary) });

/** The latest sign-ins, and each by the reference that somebody who was refused saw; by pages and by the API. */
export function signInTraceRoutes(server: FastifyInstance, deps: SignInTraceDeps): void {
  const administrator = async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('cache-control', 'no-store');
    return (await deps.arrivals.administrator(request, reply)).organisation;
  };

  server.get<{ Querystring: { reference?: unknown } }>('/sign-ins', async (request, reply) => {
    const organisation = await administrator(request, reply);
    const { reference: asked } = request.query;
    const reference = typeof asked === 'string' ? asked.trim().toUpperCase() : undefined;
    const found = reference === undefined ? null : await deps.traces.find(reference, organisation.id);
    if (found) return reply.redirect(`/sign-ins/${found._id}`, 303);
    const missed = reference === undefined ? {} : { missed: reference.slice(0, 20) };
    const page = signInListPage(organisation, { signIns: await recent(deps, organisation), ...missed });
    return sendPage(reply, reference === undefined ? 200 : 404, page);
  });
  server.get<ByReference>('/sign-ins/:reference', async (request, reply) => {
    const organisation = await administrator(request, reply);
    return sendPage(reply, 200, signInPage(organisation, await viewOf(deps, organisation, request.params.reference)));
  });

  server.get(
    '/api/sign-in-traces',
    { ...withScope('sign-ins:read'), schema: { response: { 200: List } } },
    async (request, reply) => ({
      signIns: await recent(deps, await administrator(request, reply)),
    }),
  );
  server.get<ByReference>(
    '/api/sign-in-traces/:reference',
    { ...withScope('sign-ins:read'), schema: { response: { 200: SignInTraceView } } },
    async (request, reply) => viewOf(deps, await administrator(request, reply), request.params.reference),
  );
}

async function recent(deps: SignInTraceDeps, { id }: Organisation): Promise<SignInTraceSummary[]> {
  const traces = await deps.traces.recent(id);
  const name = await namesIn(deps, id, traces);
  return traces.map((trace) => traceSummary(trace, name));
}

/** @throws Problem 404 */
async function viewOf(deps: SignInTraceDeps, { id, name }: Organisation, reference: string): Promise<SignInTraceView> {
  const trace = await deps.traces.find(reference.toUpperCase(), id);
  if (!trace) throw notFound();
  return traceView(trace, name, await namesIn(deps, id, [trace]));
}

async function namesIn(
  { learners }: SignInTraceDeps,
  organisationId: string,
  traces: readonly SignInTraceDocument[],
): Promise<NameOf> {
  const ids = traces.flatMap(({ learnerId }) => learnerId ?? []);
  const names = await namesOf(learners, organisationId, ids);
  return (learnerId) => names.get(learnerId) ?? SOMEBODY_GONE;
}
