import type { LearnerDocument } from '@learnamp/learners';
import { appendAudit, type Organisation, passwordAccessOf } from '@learnamp/organisations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import { admit, type AdmitDeps } from '../sign-in/admit.ts';
import type { KnownBrowsers } from './known-browsers.ts';

export interface AdmitByPasswordDeps extends AdmitDeps {
  readonly connection: Connection;
  readonly knownBrowsers: KnownBrowsers;
}

/**
 * Lets somebody in who has shown a password, and knows their browser from now on. Where nobody else may, the audit log
 * tells of it.
 */
export async function admitByPassword(
  deps: AdmitByPasswordDeps,
  organisation: Organisation,
  learner: LearnerDocument,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (passwordAccessOf(organisation).kind === 'one') await tellAuditLog(deps, organisation.id, learner._id);
  await deps.knownBrowsers.remember(request, reply, learner._id);
  await admit(deps, organisation, learner, request, reply);
}

async function tellAuditLog(deps: AdmitByPasswordDeps, organisationId: string, learnerId: string): Promise<void> {
  const { connection, clock, logger } = deps;
  const actor = { kind: 'learner', id: learnerId } as const;
  const event = { organisationId, at: clock(), actor, action: 'emergency sign-in', changes: [] } as const;
  await connection.transaction((session) => appendAudit(connection, event, session));
  logger.warn({ organisationId, learnerId }, 'signed in by password in an emergency');
}
