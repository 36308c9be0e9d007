import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteArrival, type NoteArrivalDeps } from '../invitations/note-arrival.ts';
import { clearCookie } from '../sessions/cookies.ts';
import type { SessionDocument } from '../sessions/session-model.ts';
import type { Visitors } from '../sessions/visitors.ts';
import { appointFirstOwner, type FirstOwnerDeps } from './first-owner.ts';

export interface AdmitDeps extends FirstOwnerDeps, NoteArrivalDeps {
  readonly visitors: Pick<Visitors, 'begin'>;
}

/** Lets somebody in who has shown who they are: a session, and whatever a first sign-in brings with it. */
export async function admit(
  deps: AdmitDeps,
  organisation: Organisation,
  learner: LearnerDocument,
  request: FastifyRequest,
  reply: FastifyReply,
  microsoft: SessionDocument['microsoft'] = null,
): Promise<void> {
  await appointFirstOwner(deps, organisation, learner);
  await noteArrival(deps, learner);
  const { _id: learnerId, organisationId, sessionVersion } = learner;
  await deps.visitors.begin(request, reply, { organisationId, learnerId, sessionVersion, microsoft });
  clearCookie(reply, 'invitation');
  deps.logger.info({ organisationId, learnerId, with: microsoft ? 'microsoft' : 'password' }, 'signed in');
}
