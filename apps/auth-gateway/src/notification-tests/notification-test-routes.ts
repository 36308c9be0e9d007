import { noticeKinds } from '@learnamp/learners';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { answerGiven, GivenCommand, sendCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import type { Arrivals } from '../sessions/arrivals.ts';

export interface NotificationTestDeps extends SendCommandDeps {
  readonly arrivals: Arrivals;
}

const Wanted = Type.Object({ kind: Type.Enum([...noticeKinds]) }, { additionalProperties: false });
type WantedRequest = FastifyRequest<{ Body: Static<typeof Wanted> }>;

/** Sending a notice as a test, to nobody but whoever asks. Owner and Admin only. */
export function notificationTestRoutes(server: FastifyInstance, deps: NotificationTestDeps): void {
  const schema = { body: Wanted, response: { 200: GivenCommand, 202: GivenCommand } };
  server.post(
    '/api/notification-tests',
    { ...withScope('settings:write'), schema },
    async (request: WantedRequest, reply) => {
      const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
      requireOwnPage(request.headers, origin);
      const { _id: learnerId } = visitor.learner;
      const action = { kind: 'send-test-notice', notice: request.body.kind, learnerId } as const;
      const given = await sendCommand(deps, { organisationId: organisation.id, requestedBy: learnerId, action });
      return answerGiven(reply, given);
    },
  );
}
