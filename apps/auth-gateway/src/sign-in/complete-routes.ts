import type { Organisation } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignInTraces } from '../sign-in-traces/sign-in-traces.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie } from '../sessions/cookies.ts';
import { hashOf } from '../sessions/secret-token.ts';
import type { SessionDocument } from '../sessions/session-model.ts';
import { admit, type AdmitDeps } from './admit.ts';
import { accountOf, type CompletedSignIn, completeSignIn, type CompleteSignInDeps } from './complete-sign-in.ts';
import { passTest, type PassTestDeps } from './pass-test.ts';
import type { ExplainRefusal } from './explain-refusal.ts';
import type { HandOver } from './sign-in-model.ts';
import type { SignInStore } from './sign-in-store.ts';

export interface CompleteDeps extends CompleteSignInDeps, AdmitDeps, PassTestDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  readonly signIns: SignInStore;
  readonly explain: ExplainRefusal;
  readonly traces: Pick<SignInTraces, 'keepSignedIn'>;
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
    return deps.explain(organisation, reply, () => complete(deps, organisation, collected, request, reply));
  });
}

async function complete(
  deps: CompleteDeps,
  organisation: Organisation,
  handOver: HandOver,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { learner, claims } = await completeSignIn(deps, organisation, handOver);
  const { tester, returnTo } = handOver.transaction;
  if (tester !== null) await passTest(deps, organisation, { learner, account: accountOf(claims) }, tester);
  await admit(deps, organisation, learner, request, reply, microsoftSessionOf(claims));
  await deps.traces.keepSignedIn(organisation.id, learner._id);
  return reply.redirect(returnTo, 303);
}

function microsoftSessionOf(claims: CompletedSignIn['claims']): SessionDocument['microsoft'] {
  const text = (claim: unknown) => (typeof claim === 'string' ? claim : null);
  return { issuerHash: hashOf(claims.iss), sid: text(claims['sid']), logoutHint: text(claims['login_hint']) };
}
