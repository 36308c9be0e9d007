import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { answerGiven, GivenCommand, sendCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import { PageQuery } from '../paging/read-page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { type ReadRenames, RenameList } from './rename-list.ts';

export interface RenameRoutesDeps extends SendCommandDeps {
  readonly arrivals: Arrivals;
  readonly readRenames: ReadRenames;
}

const departmentId = Type.String({ minLength: 1, maxLength: 64 });

/** The home page's form sends the same. */
const Answer = Type.Object(
  {
    from: departmentId,
    to: departmentId,
    answer: Type.Union([Type.Literal('accept'), Type.Literal('dismiss')]),
  },
  { additionalProperties: false },
);
type Answer = Static<typeof Answer>;

/** Reading and answering whether departments have other names now. Owner and Admin only. */
export function renameRoutes(server: FastifyInstance, deps: RenameRoutesDeps): void {
  const give = async (request: FastifyRequest<{ Body: Answer }>, reply: FastifyReply) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    const about = { organisationId: organisation.id, requestedBy: visitor.learner._id };
    return sendCommand(deps, { ...about, action: { kind: 'answer-rename', ...request.body } });
  };

  server.get<{ Querystring: PageQuery }>(
    '/api/department-renames',
    { ...withScope('provisioning:read'), schema: { querystring: PageQuery, response: { 200: RenameList } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return deps.readRenames(organisation.id, request.query);
    },
  );

  server.post<{ Body: Answer }>(
    '/api/department-renames/answers',
    {
      ...withScope('provisioning:decide'),
      schema: { body: Answer, response: { 200: GivenCommand, 202: GivenCommand } },
    },
    async (request, reply) => answerGiven(reply, await give(request, reply)),
  );

  server.post<{ Body: Answer }>('/department-renames', { schema: { body: Answer } }, async (request, reply) => {
    const { outcome } = await give(request, reply);
    const notice = outcome?.outcome === 'refused' ? 'rename-refused' : 'rename-answered';
    return reply.redirect(`/?notice=${notice}#department-renames`, 303);
  });
}
