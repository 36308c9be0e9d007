import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireOwnPage } from '../hosts/own-page.ts';
import { returnPath } from '../hosts/return-path.ts';
import type { Arrival, Arrivals } from '../sessions/arrivals.ts';
import { beginSignIn, type BeginSignInDeps } from './begin-sign-in.ts';
import type { ExplainRefusal } from './explain-refusal.ts';

export interface StartDeps extends BeginSignInDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
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
    return deps.explain(place.organisation, reply, () => start(deps, place, request.body ?? {}, reply));
  });

  // A link in here (OpenID Connect Core section 4, third-party initiated login) starts nothing.
  server.get('/sign-in/microsoft', (_request, reply) => reply.redirect('/', 303));
  server.get('/auth/callback', (_request, reply) => reply.redirect('/', 303));
}

async function start(
  deps: StartDeps,
  { organisation, origin }: Pick<Arrival, 'organisation' | 'origin'>,
  { account, returnTo }: StartForm,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wanted = { returnTo: returnPath(returnTo, origin), chooseAccount: account === 'other', tester: null };
  // RFC 9700 section 4.12: 303, so that the form is not sent on.
  return reply.redirect(await beginSignIn(deps, organisation, wanted, reply), 303);
}
