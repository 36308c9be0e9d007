import { appendAudit, type AuditActor } from '@learnamp/organisations';
import type { WorkRecord } from '@learnamp/sync-state';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection, Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { withScope } from '../api-tokens/scopes.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { notFound, Problem } from '../problems/problem.ts';
import type { AdministratorArrival, Arrivals } from '../sessions/arrivals.ts';
import { auditActorOf } from '../sessions/visitors.ts';
import { requestSync, type RequestSyncDeps } from './request-sync.ts';
import { isOver, RunView } from './run-view.ts';
import type { Runs } from './runs.ts';

export interface CancelDeps extends Omit<RequestSyncDeps, 'runs'> {
  readonly arrivals: Arrivals;
  readonly connection: Connection;
  readonly runs: Runs;
  readonly workRecords: Model<WorkRecord>;
}

const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
/** `run` is null of a request that still waits to be taken back. */
const Answer = Type.Object({ requestId: Type.String(), run: Type.Union([RunView, Type.Null()]) });
type IdRequest = FastifyRequest<{ Params: Static<typeof Id> }>;

/**
 * Asks for the end of a run, named by its id or by that of a request: one that is under way stops at its next safe point,
 * one that waits never begins. Owner and Admin only.
 */
export function cancelRoutes(server: FastifyInstance, deps: CancelDeps): void {
  const ask = async (request: IdRequest, reply: FastifyReply): Promise<Static<typeof Answer>> => {
    const arrival = await deps.arrivals.administrator(request, reply);
    requireOwnPage(request.headers, arrival.origin);
    return cancel(deps, arrival, request.params.id);
  };

  const schema = { params: Id, response: { 200: Answer, 202: Answer } };
  server.post(
    '/api/sync-runs/:id/cancel',
    { ...withScope('provisioning:sync'), schema },
    async (request: IdRequest, reply) => {
      const answer = await ask(request, reply);
      return reply.code(answer.run && isOver(answer.run) ? 200 : 202).send(answer);
    },
  );

  server.post('/sync-runs/:id/cancel', { schema: { params: Id } }, async (request: IdRequest, reply) => {
    try {
      await ask(request, reply);
      return await reply.redirect('/?notice=cancel-requested', 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'run-over') throw error;
      return reply.redirect('/?notice=run-over', 303);
    }
  });
}

async function cancel(deps: CancelDeps, { organisation, visitor }: AdministratorArrival, id: string) {
  const organisationId = organisation.id;
  const run = await deps.runs.find(organisationId, id);
  if (run && isOver(run)) throw new Problem(409, 'run-over', `This run is over already. ${run.summary}`);
  if (!run && !(await isWaiting(deps, organisationId, id))) throw notFound();
  const requestedBy = visitor.learner._id;
  const cancels = run?.id ?? id;
  await note(deps, { organisationId, cancels, actor: auditActorOf(visitor) });
  const { requestId } = await requestSync(deps, { organisationId, mode: 'cancel', cancels, requestedBy });
  return { requestId, run: await deps.runs.find(organisationId, cancels) };
}

/** Those that directory-sync has noted; until then nobody knows of a request. */
const isWaiting = ({ workRecords }: CancelDeps, organisationId: string, requestId: string) =>
  workRecords.exists({ _id: organisationId, 'requests.requestId': requestId });

interface Noted {
  readonly organisationId: string;
  readonly cancels: string;
  readonly actor: AuditActor;
}

/** Before it is asked for: the log says what somebody wanted, the run what became of it. */
async function note({ connection, clock }: CancelDeps, { organisationId, cancels, actor }: Noted): Promise<void> {
  const changes = [{ path: `run ${cancels}`, old: null, new: 'cancel' }];
  const event = { organisationId, at: clock(), actor, action: 'cancel requested', changes } as const;
  await connection.transaction((session) => appendAudit(connection, event, session));
}
