import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { requireOwnPage } from '../hosts/own-page.ts';
import { sendPage } from '../pages/page.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from './arrivals.ts';
import { SessionView, viewOf } from './session-list.ts';
import type { SessionStore } from './session-store.ts';
import { sessionsPage } from './sessions-page.ts';

export interface SessionRoutesDeps {
  readonly arrivals: Arrivals;
  readonly sessions: SessionStore;
}

const One = Type.Object({ sessionId: Type.String({ minLength: 1, maxLength: 64 }) });
const List = Type.Object({ sessions: Type.Array(SessionView) });
const Ended = Type.Object({ ended: Type.Integer() });
type OneRequest = FastifyRequest<{ Body: Static<typeof One> }>;

/** Where a learner is signed in, for that learner alone. */
export function sessionRoutes(server: FastifyInstance, { arrivals, sessions }: SessionRoutesDeps): void {
  const list = async (request: FastifyRequest, reply: FastifyReply) => {
    const { organisation, visitor } = await arrivals.signedIn(request, reply);
    const open = await sessions.openOf(visitor.learner._id);
    return { organisation, sessions: open.map(viewOf(visitor)) };
  };
  /** @throws Problem 404 for a session that is not the learner's own, or has ended. */
  const endOne = async (request: OneRequest, reply: FastifyReply) => {
    const { origin, visitor } = await arrivals.signedIn(request, reply);
    requireOwnPage(request.headers, origin);
    const ended = await sessions.endOf(visitor.learner._id, request.body.sessionId);
    if (ended === 0) throw notFound();
    return { ended };
  };
  const endAll = async (request: FastifyRequest, reply: FastifyReply) => {
    const { origin, visitor } = await arrivals.signedIn(request, reply);
    requireOwnPage(request.headers, origin);
    return { ended: await sessions.endOf(visitor.learner._id) };
  };

  server.get<{ Querystring: { ended?: unknown } }>('/sessions', async (request, reply) => {
    const { organisation, sessions: open } = await list(request, reply);
    return sendPage(reply, 200, sessionsPage(organisation, open, request.query.ended === '1'));
  });
  server.post('/sessions/end', { schema: { body: One } }, async (request: OneRequest, reply) => {
    await endOne(request, reply);
    return reply.redirect('/sessions?ended=1', 303);
  });
  server.post('/sessions/end-all', async (request, reply) => {
    await endAll(request, reply);
    return reply.redirect('/?notice=signed-out-everywhere', 303);
  });

  server.get('/api/sessions', { schema: { response: { 200: List } } }, async (request, reply) => {
    const { sessions: open } = await list(request, reply);
    void reply.header('cache-control', 'no-store');
    return { sessions: open };
  });
  const ended = { response: { 200: Ended } };
  server.post('/api/sessions/end', { schema: { ...ended, body: One } }, endOne);
  server.post('/api/sessions/end-all', { schema: ended }, endAll);
}
