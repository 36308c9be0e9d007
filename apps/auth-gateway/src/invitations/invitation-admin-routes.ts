import type { LearnerAction } from '@learnamp/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { PageQuery } from '../paging/read-page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { InvitationList, type ReadInvitations } from './invitation-list.ts';
import { answerGiven, GivenCommand, sendCommand, type SendCommandDeps } from './send-command.ts';

export interface InvitationAdminDeps extends SendCommandDeps {
  readonly arrivals: Arrivals;
  readonly readInvitations: ReadInvitations;
}

const LearnerId = Type.String({ minLength: 1, maxLength: 64 });
const Send = Type.Object(
  /** Whose; without it all that are held. */
  { learnerIds: Type.Optional(Type.Array(LearnerId, { minItems: 1, maxItems: 1000 })) },
  { additionalProperties: false },
);
const Resend = Type.Object({ learnerId: LearnerId }, { additionalProperties: false });

type SendRequest = FastifyRequest<{ Body: Static<typeof Send> }>;
type ResendRequest = FastifyRequest<{ Body: Static<typeof Resend> }>;

/** Listing and sending invitations. Owner and Admin only. */
export function invitationAdminRoutes(server: FastifyInstance, deps: InvitationAdminDeps): void {
  const give = async (request: FastifyRequest, reply: FastifyReply, action: LearnerAction) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    return sendCommand(deps, { organisationId: organisation.id, requestedBy: visitor.learner._id, action });
  };
  const send = (request: SendRequest, reply: FastifyReply) =>
    give(request, reply, { kind: 'send-invitations', ...request.body });
  const resend = (request: ResendRequest, reply: FastifyReply) =>
    give(request, reply, { kind: 'resend-invitation', ...request.body });
  const api = { response: { 200: GivenCommand, 202: GivenCommand } };

  server.get<{ Querystring: PageQuery }>(
    '/api/invitations',
    { ...withScope('people:read'), schema: { querystring: PageQuery, response: { 200: InvitationList } } },
    async (request, reply) => {
      const { organisation } = await deps.arrivals.administrator(request, reply);
      void reply.header('cache-control', 'no-store');
      return deps.readInvitations(organisation.id, request.query);
    },
  );
  server.post(
    '/api/invitations/send',
    { ...withScope('people:write'), schema: { ...api, body: Send } },
    async (request: SendRequest, reply) => answerGiven(reply, await send(request, reply)),
  );
  server.post(
    '/api/invitations/resend',
    { ...withScope('people:write'), schema: { ...api, body: Resend } },
    async (request: ResendRequest, reply) => answerGiven(reply, await resend(request, reply)),
  );

  server.post('/invitations/send', { schema: { body: Send } }, async (request: SendRequest, reply) => {
    return reply.redirect(noticeOf(await send(request, reply)), 303);
  });
  server.post('/invitations/resend', { schema: { body: Resend } }, async (request: ResendRequest, reply) => {
    return reply.redirect(noticeOf(await resend(request, reply)), 303);
  });
}

const noticeOf = ({ outcome }: GivenCommand) =>
  `/?notice=${outcome?.outcome === 'refused' ? 'invitation-refused' : 'invitations-queued'}#invitations`;
