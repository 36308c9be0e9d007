import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { answerGiven, GivenCommand, sendCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import { PageQuery } from '../paging/read-page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { ConflictList, type ReadConflicts } from './conflict-list.ts';

export interface ConflictRoutesDeps extends SendCommandDeps {
  readonly arrivals: Arrivals;
  readonly readConflicts: ReadConflicts;
}

const Answer = Type.Object(
  {
    personId: Type.String({ format: 'uuid' }),
    answer: Type.Union([Type.Literal('link'), Type.Literal('create'), Type.Literal('ignore')]),
    /** The candidate to link to. */
    learnerId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);

/** What the form of the home page sends: an answer, with the learner in it where there is one. */
const Form = Type.Object({
  personId: Type.String({ format: 'uuid' }),
  answer: Type.String({ pattern: '^(create|ignore|link:[^:]{1,64})$' }),
});

/** Reading and answering who somebody is whom the directory has brought. Owner and Admin only. */
export function conflictRoutes(server: FastifyInstance, deps: ConflictRoutesDeps): void {
  const give = async (request: FastifyRequest, reply: FastifyReply, answer: Static<typeof Answer>) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    const about = { organisationId: organisation.id, requestedBy: visitor.learner._id };
    return sendCommand(deps, { ...about, action: { kind: 'resolve-conflict', ...answer } });
  };

  server.get<{ Querystring: PageQuery }>(
    '/api/conflicts',
    { ...withScope('provisioning:read'), schema: { querystring: PageQuery, response: { 200: ConflictList } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return deps.readConflicts(organisation.id, request.query);
    },
  );

  server.post<{ Body: Static<typeof Answer> }>(
    '/api/conflicts/answers',
    {
      ...withScope('provisioning:decide'),
      schema: { body: Answer, response: { 200: GivenCommand, 202: GivenCommand } },
    },
    async (request, reply) => answerGiven(reply, await give(request, reply, request.body)),
  );

  server.post<{ Body: Static<typeof Form> }>('/conflicts', { schema: { body: Form } }, async (request, reply) => {
    const { outcome } = await give(request, reply, answerOf(request.body));
    const notice = outcome?.outcome === 'refused' ? 'conflict-refused' : 'conflict-answered';
    return reply.redirect(`/?notice=${notice}#conflicts`, 303);
  });
}

function answerOf({ personId, answer }: Static<typeof Form>): Static<typeof Answer> {
  if (answer === 'create' || answer === 'ignore') return { personId, answer };
  return { personId, answer: 'link', learnerId: answer.slice('link:'.length) };
}
