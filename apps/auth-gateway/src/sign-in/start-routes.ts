import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireOwnPage } from '../hosts/own-page.ts';
import { returnPath } from '../hosts/return-path.ts';
import type { Microsoft } from '../microsoft/microsoft.ts';
import type { Arrival, Arrivals } from '../sessions/arrivals.ts';
import { setCookie } from '../sessions/cookies.ts';
import { hashOf } from '../sessions/secret-token.ts';
import { refuse, tenantOf } from './complete-sign-in.ts';
import type { ExplainRefusal } from './explain-refusal.ts';
import { SIGN_IN_SECONDS, type SignInStore } from './sign-in-store.ts';

export interface StartDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  readonly microsoft: Microsoft;
  readonly signIns: SignInStore;
  readonly explain: ExplainRefusal;
}

interface StartForm {
  readonly account?: string;
  readonly returnTo?: string;
}

/** The only place where a sign-in starts: a form on a page of the organisation's own home. */
export function startRoutes(server: FastifyInstance, deps: StartDeps): void {
  server.post<{ Body?: StartForm }>('/sign-in/microsoft', async (request, reply) => {
    const place = await deps.arrivals.organisationOf(request);
    requireOwnPage(request.headers, place.origin);
    const form = request.body ?? {};
    return deps.explain(place.organisation, reply, () => start(deps, place, form, reply));
  });

  // A link in here (OpenID Connect Core section 4, third-party initiated login) starts nothing.
  server.get('/sign-in/microsoft', (_request, reply) => reply.redirect('/', 303));
  server.get('/auth/callback', (_request, reply) => reply.redirect('/', 303));
}

async function start(
  { microsoft, signIns }: StartDeps,
  { organisation, origin }: Pick<Arrival, 'organisation' | 'origin'>,
  form: StartForm,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const tenantId = tenantOf(organisation);
  const { transaction, browserToken } = await signIns.begin({
    organisationId: organisation.id,
    issuerHash: hashOf(microsoft.issuerOf(tenantId)),
    returnTo: returnPath(form.returnTo, origin),
  });
  const secrets = { ...transaction, state: transaction._id };
  const chooseAccount = form.account === 'other';
  const url = await microsoft.authorizationUrl(tenantId, secrets, { chooseAccount }).catch(refuse('microsoftReached'));
  setCookie(reply, 'signIn', browserToken, SIGN_IN_SECONDS);
  // RFC 9700 section 4.12: 303, so that the form is not sent on.
  return reply.redirect(url.href, 303);
}
