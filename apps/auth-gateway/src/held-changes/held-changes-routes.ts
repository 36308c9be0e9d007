import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { PageQuery } from '../paging/read-page.ts';
import { Problem } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { requestSync, type RequestSyncDeps } from '../sync-runs/request-sync.ts';
import { HeldChanges, type HeldChangesReader } from './held-changes.ts';

export interface HeldChangesDeps extends RequestSyncDeps {
  readonly arrivals: Arrivals;
  readonly heldChanges: HeldChangesReader;
}

const PersonIds = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 100 });
const Moment = Type.String({ format: 'date-time' });

/** What the form of the home page sends. */
const Form = Type.Object({
  answer: Type.Union([
    Type.Literal('approve-selected'),
    Type.Literal('reject-selected'),
    Type.Literal('approve-all'),
    Type.Literal('reject-all'),
  ]),
  personIds: Type.Optional(PersonIds),
  heldUntil: Moment,
});

const Verdict = Type.Object(
  {
    verdict: Type.Union([Type.Literal('approve'), Type.Literal('reject')]),
    /** Whom it is about; without it everybody who was held at `heldUntil`. */
    personIds: Type.Optional(PersonIds),
    heldUntil: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
type Verdict = Static<typeof Verdict>;

const Requested = Type.Object({ requestIds: Type.Array(Type.String()), people: Type.Integer() });
const Waiting = Type.Object({ held: Type.Union([HeldChanges, Type.Null()]) });

// As many as one request may name.
const PEOPLE_A_REQUEST = 1000;

/** Reading and answering what waits for approval. Owner and Admin only. */
export function heldChangesRoutes(server: FastifyInstance, deps: HeldChangesDeps): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, verdict: Verdict) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    const personIds = await peopleOf(deps, organisation.id, verdict);
    const about = { organisationId: organisation.id, mode: verdict.verdict, requestedBy: visitor.learner._id };
    const requestIds: string[] = [];
    for (let start = 0; start < personIds.length; start += PEOPLE_A_REQUEST) {
      const some = personIds.slice(start, start + PEOPLE_A_REQUEST);
      requestIds.push((await requestSync(deps, { ...about, personIds: some })).requestId);
    }
    return { requestIds, people: personIds.length };
  };

  server.get<{ Querystring: PageQuery }>(
    '/api/held-changes',
    { ...withScope('provisioning:read'), schema: { querystring: PageQuery, response: { 200: Waiting } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return { held: await deps.heldChanges.of(organisation.id, request.query) };
    },
  );

  server.post<{ Body: Verdict }>(
    '/api/held-changes/verdicts',
    { ...withScope('provisioning:decide'), schema: { body: Verdict, response: { 202: Requested } } },
    async (request, reply) => reply.code(202).send(await answer(request, reply, request.body)),
  );

  server.post<{ Body: Static<typeof Form> }>('/held-changes', { schema: { body: Form } }, async (request, reply) => {
    await answer(request, reply, verdictOf(request.body));
    return reply.redirect('/?notice=verdict-given', 303);
  });
}

function verdictOf({ answer, personIds = [], heldUntil }: Static<typeof Form>): Verdict {
  const verdict = answer.startsWith('approve') ? 'approve' : 'reject';
  return answer.endsWith('-all') ? { verdict, heldUntil } : { verdict, personIds };
}

async function peopleOf(
  { heldChanges }: HeldChangesDeps,
  organisationId: string,
  { personIds, heldUntil }: Verdict,
): Promise<readonly string[]> {
  const named =
    personIds ?? (heldUntil === undefined ? [] : await heldChanges.heldUntil(organisationId, new Date(heldUntil)));
  if (named.length === 0) throw new Problem(400, 'nobody-named', 'Tick the people whom your answer is about.');
  return named;
}
