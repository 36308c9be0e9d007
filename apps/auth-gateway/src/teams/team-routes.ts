import type { LearnerAction } from '@learnamp/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { answerGiven, GivenCommand, sendCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import { PageQuery } from '../paging/read-page.ts';
import { notFound } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { readTeams, shownTeams, TeamList, type TeamsDeps } from './team-list.ts';
import { readMembers, TeamMembers } from './team-members.ts';

export interface TeamRoutesDeps extends TeamsDeps, SendCommandDeps {
  readonly arrivals: Arrivals;
}

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 64 });
const InTeam = Type.Object({ teamId: Id });
const OfMember = Type.Object({ teamId: Id, learnerId: Id });
const Parent = Type.Object({ parentId: Type.Union([Id, Type.Null()]) }, closed);
const Member = Type.Object({ learnerId: Id }, closed);

type TeamRequest = FastifyRequest<{ Params: Static<typeof InTeam> }>;
type MembersRequest = FastifyRequest<{ Params: Static<typeof InTeam>; Querystring: PageQuery }>;
type ParentRequest = FastifyRequest<{ Params: Static<typeof InTeam>; Body: Static<typeof Parent> }>;
type AddRequest = FastifyRequest<{ Params: Static<typeof InTeam>; Body: Static<typeof Member> }>;
type RemoveRequest = FastifyRequest<{ Params: Static<typeof OfMember> }>;

const given = { 200: GivenCommand, 202: GivenCommand };
const reading = withScope('people:read');
const writing = withScope('people:write');

/** Teams, how they are below each other, and who is in them. Owner and Admin only. */
export function teamRoutes(server: FastifyInstance, deps: TeamRoutesDeps): void {
  readingRoutes(server, deps);
  const give = async (request: TeamRequest, reply: FastifyReply, action: LearnerAction) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    await requireTeam(deps, organisation.id, request.params.teamId);
    const about = { organisationId: organisation.id, requestedBy: visitor.learner._id };
    return answerGiven(reply, await sendCommand(deps, { ...about, action }));
  };

  server.put(
    '/api/teams/:teamId/parent',
    { ...writing, schema: { params: InTeam, body: Parent, response: given } },
    (request: ParentRequest, reply) =>
      give(request, reply, { kind: 'set-team-parent', ...request.params, ...request.body }),
  );
  server.post(
    '/api/teams/:teamId/members',
    { ...writing, schema: { params: InTeam, body: Member, response: given } },
    (request: AddRequest, reply) =>
      give(request, reply, { kind: 'add-membership', ...request.params, ...request.body }),
  );
  server.delete(
    '/api/teams/:teamId/members/:learnerId',
    { ...writing, schema: { params: OfMember, response: given } },
    (request: RemoveRequest, reply) => give(request, reply, { kind: 'remove-membership', ...request.params }),
  );
}

function readingRoutes(server: FastifyInstance, deps: TeamRoutesDeps): void {
  server.get('/api/teams', { ...reading, schema: { response: { 200: TeamList } } }, async (request, reply) => {
    const { organisation } = await deps.arrivals.administrator(request, reply);
    void reply.header('cache-control', 'no-store');
    return readTeams(deps, organisation.id);
  });
  server.get(
    '/api/teams/:teamId/members',
    { ...reading, schema: { params: InTeam, querystring: PageQuery, response: { 200: TeamMembers } } },
    async (request: MembersRequest, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      const { teamId } = request.params;
      const members = await readMembers(deps, { organisationId: organisation.id, teamId }, request.query);
      if (!members) throw notFound();
      return members;
    },
  );
}

/** @throws Problem 404, by which no command comes of it. */
async function requireTeam({ teams }: TeamRoutesDeps, organisationId: string, teamId: string): Promise<void> {
  if (!(await teams.exists({ _id: teamId, ...shownTeams(organisationId) }))) throw notFound();
}
