import { chooseGroup, disconnectTenant } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { sendPage } from '../pages/page.ts';
import { notFound, Problem } from '../problems/problem.ts';
import type { AdministratorArrival, Arrivals } from '../sessions/arrivals.ts';
import { auditActorOf } from '../sessions/visitors.ts';
import { answerPage } from './answer-page.ts';
import { answerOf, askDirectory, type AskDirectoryDeps } from './ask-directory.ts';
import { AnswerView, answerViewOf } from './answer-view.ts';
import { disconnectPage } from './disconnect-page.ts';
import { DisconnectImpact, disconnectImpact, type DisconnectImpactDeps } from './disconnecting.ts';
import { MicrosoftView, microsoftViewOf } from './microsoft-view.ts';

export interface MicrosoftRoutesDeps extends AskDirectoryDeps, DisconnectImpactDeps {
  readonly arrivals: Arrivals;
  readonly connection: Connection;
}

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 64 });
const About = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const QuestionForm = Type.Object({
  about: Type.Optional(About),
  question: Type.Optional(Type.Literal('permissions')),
});
const Question = Type.Union([
  Type.Object({ question: Type.Literal('permissions') }, closed),
  /** An Object ID, or how names of groups begin. */
  Type.Object({ question: Type.Literal('group'), about: About }, closed),
]);
const Chosen = Type.Object({ answerId: Id }, closed);
const Asked = Type.Object({ answerId: Id, answer: Type.Union([AnswerView, Type.Null()]) });
const byId = { params: Type.Object({ id: Id }) };

type ById = { Params: { readonly id: string } };
type ChosenRequest = FastifyRequest<{ Body: Static<typeof Chosen> }>;

/** What an Owner or Admin does with a connected tenant, by pages and by the API. */
export function microsoftRoutes(server: FastifyInstance, deps: MicrosoftRoutesDeps): void {
  const administrator = async (request: FastifyRequest, reply: FastifyReply) => {
    const arrival = await deps.arrivals.administrator(request, reply);
    if (request.method !== 'GET' && request.method !== 'HEAD') requireOwnPage(request.headers, arrival.origin);
    void reply.header('cache-control', 'no-store');
    return arrival;
  };
  pages(server, deps, administrator);
  api(server, deps, administrator);
}

type Administrator = (request: FastifyRequest, reply: FastifyReply) => Promise<AdministratorArrival>;

function pages(server: FastifyInstance, deps: MicrosoftRoutesDeps, administrator: Administrator): void {
  server.post<{ Body: Static<typeof QuestionForm> }>(
    '/settings/microsoft/questions',
    { schema: { body: QuestionForm } },
    async (request, reply) => {
      const arrival = await administrator(request, reply);
      const answerId = await ask(deps, arrival, request.body.question ? undefined : request.body.about);
      return reply.redirect(`/settings/microsoft/answers/${answerId}`, 303);
    },
  );
  server.get<ById>('/settings/microsoft/answers/:id', { schema: byId }, async (request, reply) => {
    const { organisation } = await administrator(request, reply);
    const answerId = request.params.id;
    const answer = await answerOf(deps, organisation.id, answerId);
    if (!answer) void reply.header('refresh', '2');
    return sendPage(reply, 200, answerPage({ organisation, answerId, answer }));
  });
  server.post('/settings/microsoft/group', { schema: { body: Chosen } }, async (request: ChosenRequest, reply) => {
    await choose(deps, await administrator(request, reply), request.body.answerId);
    return reply.redirect('/settings?microsoft=group-chosen#microsoft', 303);
  });
  server.get('/settings/microsoft/disconnect', async (request, reply) => {
    const arrival = await administrator(request, reply);
    return sendPage(reply, 200, disconnectPage(arrival.organisation, await impactFor(deps, arrival)));
  });
  server.post('/settings/microsoft/disconnect', async (request, reply) => {
    await disconnect(deps, await administrator(request, reply));
    return reply.redirect('/settings?microsoft=disconnected#microsoft', 303);
  });
}

function api(server: FastifyInstance, deps: MicrosoftRoutesDeps, administrator: Administrator): void {
  server.get(
    '/api/microsoft',
    { ...withScope('settings:read'), schema: { response: { 200: MicrosoftView } } },
    async (request, reply) => {
      return microsoftViewOf((await administrator(request, reply)).organisation);
    },
  );
  server.get(
    '/api/microsoft/impact',
    { ...withScope('settings:read'), schema: { response: { 200: DisconnectImpact } } },
    async (request, reply) => impactFor(deps, await administrator(request, reply)),
  );
  server.post('/api/microsoft/disconnect', async (request, reply) => {
    await disconnect(deps, await administrator(request, reply));
    return reply.code(204).send();
  });
  server.post<{ Body: Static<typeof Question> }>(
    '/api/microsoft/questions',
    { ...withScope('settings:write'), schema: { body: Question, response: { '2xx': Asked } } },
    async (request, reply) => {
      const arrival = await administrator(request, reply);
      const answerId = await ask(deps, arrival, request.body.question === 'group' ? request.body.about : undefined);
      const asked = await viewOf(deps, arrival, answerId);
      return reply.code(asked.answer ? 200 : 202).send(asked);
    },
  );
  server.get<ById>(
    '/api/microsoft/questions/:id',
    { ...withScope('settings:read'), schema: { ...byId, response: { 200: Asked } } },
    async (request, reply) => viewOf(deps, await administrator(request, reply), request.params.id),
  );
  server.put(
    '/api/microsoft/group',
    { ...withScope('settings:write'), schema: { body: Chosen } },
    async (request: ChosenRequest, reply) => {
      await choose(deps, await administrator(request, reply), request.body.answerId);
      return reply.code(204).send();
    },
  );
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Asks about a group by its Object ID, about groups by a name, or without either about the permissions. */
async function ask(
  deps: MicrosoftRoutesDeps,
  { organisation, visitor }: AdministratorArrival,
  about?: string,
): Promise<string> {
  if (!microsoftViewOf(organisation).provisioning) {
    throw new Problem(
      409,
      'not-connected',
      'Connect Microsoft for provisioning first: its directory can not be read yet.',
    );
  }
  const asker = { organisationId: organisation.id, requestedBy: visitor.learner._id };
  if (about === undefined) return askDirectory(deps, { ...asker, question: 'permissions' });
  const lookUp = about.trim();
  const isId = GUID.test(lookUp);
  return askDirectory(deps, {
    ...asker,
    question: isId ? 'group' : 'groups',
    lookUp: isId ? lookUp.toLowerCase() : lookUp,
  });
}

async function viewOf(deps: MicrosoftRoutesDeps, { organisation }: AdministratorArrival, answerId: string) {
  const answer = await answerOf(deps, organisation.id, answerId);
  return { answerId, answer: answer && answerViewOf(answer) };
}

/** Chooses the group of an answer: only one that the directory has shown is there, by the settings as they are. */
async function choose(deps: MicrosoftRoutesDeps, arrival: AdministratorArrival, answerId: string): Promise<void> {
  const { organisation, visitor } = arrival;
  const answer = await answerOf(deps, organisation.id, answerId);
  if (!answer?.group) throw new Problem(422, 'group-not-found', 'No group was found there. Look for the group first.');
  if (answer.revision !== organisation.revision) {
    throw new Problem(
      409,
      'settings-changed-meanwhile',
      'The settings have changed meanwhile: look for the group again.',
    );
  }
  const by = { actor: auditActorOf(visitor), at: deps.clock() };
  const outcome = await chooseGroup(deps.connection, organisation.id, answer.group.id, by);
  if (outcome === 'no-organisation') throw notFound();
  if (outcome !== 'chosen') throw new Problem(409, 'not-connected', 'Connect Microsoft for provisioning first.');
}

const impactFor = (deps: MicrosoftRoutesDeps, { organisation, visitor }: AdministratorArrival) =>
  disconnectImpact(deps, { organisationId: organisation.id, learnerId: visitor.learner._id });

async function disconnect({ connection, clock }: MicrosoftRoutesDeps, { organisation, visitor }: AdministratorArrival) {
  await disconnectTenant(connection, organisation.id, { actor: auditActorOf(visitor), at: clock() });
}
