import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import Type, { type Static } from 'typebox';
import { nameOf } from '../home/profile.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { sendPage } from '../pages/page.ts';
import { PageQuery } from '../paging/read-page.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { makeToken, revokeToken, type WantedToken } from './make-token.ts';
import { listTokens, type ListTokensDeps, ScopeName, TokenList, TokenView, tokenView } from './token-list.ts';
import { tokensPage } from './tokens-page.ts';

export interface TokenRoutesDeps extends ListTokensDeps {
  readonly arrivals: Arrivals;
  readonly connection: Connection;
  readonly clock: () => Date;
}

const Wanted = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    scopes: Type.Array(ScopeName, { minItems: 1 }),
    days: Type.Integer({ minimum: 1, maximum: 366, default: 90 }),
  },
  { additionalProperties: false },
);
/** The page's form: one that nobody ticked is not there. */
const Form = Type.Object({ ...Wanted.properties, scopes: Type.Array(ScopeName, { default: [] }) });
const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
const Made = Type.Object({
  /** The token itself, this once. */
  token: Type.String(),
  about: TokenView,
});

type ListRequest = FastifyRequest<{ Querystring: PageQuery }>;
type PageRequest = FastifyRequest<{ Querystring: PageQuery & { revoked?: string } }>;
type WantedRequest = FastifyRequest<{ Body: Static<typeof Wanted> }>;
type IdRequest = FastifyRequest<{ Params: Static<typeof Id> }>;

/** Tokens for programs: a page with forms, and the same as an API. Owner and Admin only, in person: a token makes no tokens. */
export function tokenRoutes(server: FastifyInstance, deps: TokenRoutesDeps): void {
  pageRoutes(server, deps);
  apiRoutes(server, deps);
}

async function administrator({ arrivals }: TokenRoutesDeps, request: FastifyRequest, reply: FastifyReply) {
  const arrival = await arrivals.administratorInPerson(request, reply);
  if (!['GET', 'HEAD'].includes(request.method)) requireOwnPage(request.headers, arrival.origin);
  void reply.header('cache-control', 'no-store');
  return arrival;
}

function apiRoutes(server: FastifyInstance, deps: TokenRoutesDeps): void {
  const list = { querystring: PageQuery, response: { 200: TokenList } };
  server.get('/api/tokens', { schema: list }, async (request: ListRequest, reply) => {
    const { organisation } = await administrator(deps, request, reply);
    return listTokens(deps, organisation.id, request.query);
  });
  const make = { body: Wanted, response: { 201: Made } };
  // The answer has the token in it, and nobody keeps that.
  server.post('/api/tokens', { config: { keepsNoAnswer: true }, schema: make }, async (request: WantedRequest, reply) =>
    reply.code(201).send((await made(deps, request, reply)).made),
  );
  server.delete('/api/tokens/:id', { schema: { params: Id } }, async (request: IdRequest, reply) => {
    await revoke(deps, request, reply);
    return reply.code(204).send();
  });
}

function pageRoutes(server: FastifyInstance, deps: TokenRoutesDeps): void {
  const query = Type.Object({ ...PageQuery.properties, revoked: Type.Optional(Type.String()) });
  server.get('/tokens', { schema: { querystring: query } }, async (request: PageRequest, reply) => {
    const { organisation } = await administrator(deps, request, reply);
    const list = await listTokens(deps, organisation.id, request.query);
    return sendPage(reply, 200, tokensPage({ organisation, list, isRevoked: request.query.revoked === '1' }));
  });
  server.post('/tokens', { schema: { body: Form } }, async (request: WantedRequest, reply) => {
    const nothing = request.body.scopes.length === 0;
    const { organisation } = await administrator(deps, request, reply);
    const fresh = nothing ? undefined : (await made(deps, request, reply)).made;
    const list = await listTokens(deps, organisation.id, { limit: 100 });
    const shown = fresh ? { fresh } : { complaint: 'Tick what the token is for.', typed: request.body };
    return sendPage(reply, fresh ? 201 : 422, tokensPage({ organisation, list, ...shown }));
  });
  server.post('/tokens/:id/revoke', { schema: { params: Id } }, async (request: IdRequest, reply) => {
    await revoke(deps, request, reply);
    return reply.redirect('/tokens?revoked=1', 303);
  });
}

async function made(deps: TokenRoutesDeps, request: WantedRequest, reply: FastifyReply) {
  const { visitor } = await administrator(deps, request, reply);
  const wanted: WantedToken = { ...request.body, name: request.body.name.trim() };
  const { token, text } = await makeToken(deps.connection, visitor.learner, wanted, deps.clock());
  return { made: { token: text, about: tokenView(token, nameOf(visitor.learner)) } };
}

/** @throws Problem 404 for a token that is not the organisation's, or is gone. */
async function revoke(deps: TokenRoutesDeps, request: IdRequest, reply: FastifyReply): Promise<void> {
  const { organisation, visitor } = await administrator(deps, request, reply);
  const about = { organisationId: organisation.id, tokenId: request.params.id };
  const isDone = await revokeToken(deps.connection, about, { learnerId: visitor.learner._id, at: deps.clock() });
  if (!isDone) throw notFound();
}
