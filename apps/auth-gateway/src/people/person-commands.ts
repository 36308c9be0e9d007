import type { LearnerAction } from '@learnamp/contracts';
import type { LearnerDocument } from '@learnamp/learners';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { nameOf } from '../home/profile.ts';
import { answerGiven, GivenCommand, sendCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import { Problem } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { requestSync, type RequestSyncDeps } from '../sync-runs/request-sync.ts';
import { Requested } from '../sync-runs/sync-run-routes.ts';
import { findPerson } from './find-person.ts';

export interface PersonCommandDeps extends SendCommandDeps, RequestSyncDeps {
  readonly arrivals: Arrivals;
  readonly learners: Model<LearnerDocument>;
}

/** Whom a route is about. */
export const ById = Type.Object({ learnerId: Type.String({ minLength: 1, maxLength: 64 }) });
export type PersonRequest = FastifyRequest<{ Params: Static<typeof ById> }>;

/** What is done about one person. Owner and Admin only. */
export function personCommands(server: FastifyInstance, deps: PersonCommandDeps): void {
  const asked = async (request: PersonRequest, reply: FastifyReply) => {
    const { organisation, origin, visitor } = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, origin);
    const learner = await findPerson(deps.learners, organisation.id, request.params.learnerId);
    return { learner, organisationId: organisation.id, requestedBy: visitor.learner._id };
  };
  const give = async (request: PersonRequest, reply: FastifyReply, kind: 'unlink' | 'reactivate') => {
    const { learner, ...about } = await asked(request, reply);
    const action: LearnerAction = { kind, learnerId: learner._id };
    return answerGiven(reply, await sendCommand(deps, { ...about, action }));
  };
  const command = {
    ...withScope('people:write'),
    schema: { params: ById, response: { 200: GivenCommand, 202: GivenCommand } },
  };

  server.post('/api/people/:learnerId/unlink', command, (request: PersonRequest, reply) =>
    give(request, reply, 'unlink'),
  );
  server.post('/api/people/:learnerId/reactivate', command, (request: PersonRequest, reply) =>
    give(request, reply, 'reactivate'),
  );
  server.post(
    '/api/people/:learnerId/sync',
    { ...withScope('provisioning:sync'), schema: { params: ById, response: { 202: Requested } } },
    async (request: PersonRequest, reply) => {
      const { learner, ...about } = await asked(request, reply);
      const personId = personIdOf(learner);
      return reply.code(202).send(await requestSync(deps, { ...about, mode: 'person', personId }));
    },
  );
}

/** @throws Problem 409 */
function personIdOf(learner: LearnerDocument): string {
  const { microsoft } = learner.sources;
  if (microsoft) return microsoft.personId;
  const sentence = `${nameOf(learner)} is linked to nobody in Microsoft's directory, so there is nothing to read.`;
  throw new Problem(409, 'not-in-directory', sentence);
}
