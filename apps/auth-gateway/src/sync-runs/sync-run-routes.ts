import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { requestSync, type RequestSyncDeps } from './request-sync.ts';
import { RunView } from './run-view.ts';
import type { Runs } from './runs.ts';

export interface SyncRunDeps extends Omit<RequestSyncDeps, 'runs'> {
  readonly arrivals: Arrivals;
  readonly runs: Runs;
}

const Wanted = Type.Object(
  { mode: Type.Union([Type.Literal('full'), Type.Literal('delta'), Type.Literal('preview')]) },
  { additionalProperties: false },
);
/** A run of one person names them, and no other run does. */
const WantedByApi = Type.Union([
  Wanted,
  Type.Object(
    { mode: Type.Literal('person'), personId: Type.String({ format: 'uuid' }) },
    { additionalProperties: false },
  ),
]);
type WantedByApi = Static<typeof WantedByApi>;
/** `runId` is absent when no run has taken the request up yet. */
export const Requested = Type.Object({ requestId: Type.String(), runId: Type.Optional(Type.String()) });
const Latest = Type.Object({ run: Type.Union([RunView, Type.Null()]) });

/** Asking for a run and watching it: for the script of the home page, and by a plain form. Owner and Admin only. */
export function syncRunRoutes(server: FastifyInstance, deps: SyncRunDeps): void {
  const ask = async (request: FastifyRequest<{ Body: WantedByApi }>, reply: FastifyReply) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    const about = { organisationId: organisation.id, requestedBy: visitor.learner._id };
    return requestSync(deps, { ...about, ...wantedOf(request.body) });
  };

  server.post<{ Body: Static<typeof Wanted> }>('/sync-runs', { schema: { body: Wanted } }, async (request, reply) => {
    await ask(request, reply);
    return reply.redirect(`/?notice=${request.body.mode === 'preview' ? 'preview' : 'sync'}-requested`, 303);
  });

  server.post<{ Body: WantedByApi }>(
    '/api/sync-runs',
    { ...withScope('provisioning:sync'), schema: { body: WantedByApi, response: { 202: Requested } } },
    async (request, reply) => reply.code(202).send(await ask(request, reply)),
  );

  server.get(
    '/api/sync-runs/latest',
    { ...withScope('provisioning:read'), schema: { response: { 200: Latest } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return { run: await deps.runs.latest(organisation.id) };
    },
  );
}

/** Ids are compared as Graph writes them. */
const wantedOf = (body: WantedByApi): WantedByApi =>
  body.mode === 'person' ? { ...body, personId: body.personId.toLowerCase() } : body;
