import type { Organisation } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { noteArrival, type NoteArrivalDeps } from '../invitations/note-arrival.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie } from '../sessions/cookies.ts';
import type { NewSession } from '../sessions/session-store.ts';
import type { Visitors } from '../sessions/visitors.ts';
import { type CompletedSignIn, completeSignIn, type CompleteSignInDeps } from './complete-sign-in.ts';
import type { ExplainRefusal } from './explain-refusal.ts';
import { appointFirstOwner, type FirstOwnerDeps } from './first-owner.ts';
import type { HandOver } from './sign-in-model.ts';
import type { SignInStore } from './sign-in-store.ts';

export interface CompleteDeps extends CompleteSignInDeps, FirstOwnerDeps, NoteArrivalDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  readonly signIns: SignInStore;
  readonly visitors: Visitors;
  readonly explain: ExplainRefusal;
}

/** Ends a sign-in at the organisation's home, in the browser that began it; anything else ends at the home page. */
export function completeRoutes(server: FastifyInstance, deps: CompleteDeps): void {
  server.get<{ Querystring: { handover?: unknown } }>('/auth/complete', async (request, reply) => {
    const { organisation } = await deps.arrivals.organisationOf(request);
    const browserToken = readCookie(request, 'signIn');
    const { handover } = request.query;
    if (!browserToken || typeof handover !== 'string') return reply.redirect('/', 303);

    const collected = await deps.signIns.collect(handover, { organisationId: organisation.id, browserToken });
    if (!collected) return reply.redirect('/', 303);
    clearCookie(reply, 'signIn');
    return deps.explain(organisation, reply, () => complete(deps, organisation, collected, reply));
  });
}

async function complete(
  deps: CompleteDeps,
  organisation: Organisation,
  handOver: HandOver,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const completed = await completeSignIn(deps, organisation, handOver);
  await appointFirstOwner(deps, organisation, completed.learner);
  await noteArrival(deps, completed.learner);
  await deps.visitors.begin(reply, sessionOf(completed));
  clearCookie(reply, 'invitation');
  deps.logger.info({ organisationId: organisation.id, learnerId: completed.learner._id }, 'signed in');
  return reply.redirect(handOver.transaction.returnTo, 303);
}

function sessionOf({ learner, claims }: CompletedSignIn): NewSession {
  const text = (claim: unknown) => (typeof claim === 'string' ? claim : null);
  return {
    organisationId: learner.organisationId,
    learnerId: learner._id,
    sessionVersion: learner.sessionVersion,
    microsoft: { issuer: claims.iss, sid: text(claims['sid']), logoutHint: text(claims['login_hint']) },
  };
}
