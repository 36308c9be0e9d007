import type { Organisation, Organisations } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { FastifyInstance } from 'fastify';
import type { Hosts } from '../hosts/hosts.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import type { Microsoft } from '../microsoft/microsoft.ts';
import type { Arrivals } from './arrivals.ts';
import type { SessionDocument } from './session-model.ts';
import type { SessionStore } from './session-store.ts';
import type { Visitors } from './visitors.ts';

export interface SignOutDeps {
  readonly arrivals: Arrivals;
  readonly visitors: Visitors;
  readonly microsoft: Microsoft;
  readonly hosts: Hosts;
  readonly logger: Logger;
}

const SIGNED_OUT = '/?notice=signed-out';

/** Ends our session first, then sends the browser to end Microsoft's (OpenID Connect RP-Initiated Logout 1.0). */
export function signOutRoutes(server: FastifyInstance, deps: SignOutDeps): void {
  server.post('/sign-out', async (request, reply) => {
    const { organisation, origin, visitor } = await deps.arrivals.of(request, reply);
    requireOwnPage(request.headers, origin);
    if (!visitor) return reply.redirect(SIGNED_OUT, 303);
    await deps.visitors.end(reply, visitor.session);
    return reply.redirect(await microsoftsDoor(deps, organisation, visitor.session), 303);
  });
}

/** Microsoft's address to end its session; our own page where it has none. */
async function microsoftsDoor(
  { microsoft, hosts, logger }: SignOutDeps,
  organisation: Organisation,
  session: SessionDocument,
): Promise<string> {
  if (!organisation.microsoft || !session.microsoft) return SIGNED_OUT;
  try {
    const url = await microsoft.endSessionUrl(organisation.microsoft.tenantId, {
      returnTo: `${hosts.centralOrigin}/auth/signed-out`,
      state: organisation.subdomain,
      hint: session.microsoft.logoutHint,
    });
    return url.href;
  } catch (err) {
    // The person is signed out here; that Microsoft can't be asked is no reason to show an error.
    logger.warn({ organisationId: organisation.id, err }, 'sign-out at Microsoft skipped');
    return SIGNED_OUT;
  }
}

export interface SignedOutDeps {
  readonly organisations: Organisations;
  readonly sessions: SessionStore;
  readonly hosts: Hosts;
  readonly logger: Logger;
}

type Query = Readonly<Record<string, unknown>>;

/** The central host's part of signing out. */
export function signedOutRoutes(server: FastifyInstance, deps: SignedOutDeps): void {
  const { organisations, sessions, hosts, logger } = deps;
  // `state` names a subdomain and leads only to organisations that exist, so this redirects nowhere else.
  server.get<{ Querystring: Query }>('/auth/signed-out', async (request, reply) => {
    const { state } = request.query;
    const named = typeof state === 'string' ? await organisations.findBySubdomain(state) : null;
    const organisation = named ?? (await organisations.findOnly());
    return reply.redirect(organisation ? hosts.homeOf(organisation.subdomain) + SIGNED_OUT : SIGNED_OUT, 303);
  });

  // OpenID Connect Front-Channel Logout 1.0: Microsoft opens this in a hidden frame, without cookies, and says `sid`; others
  // say `iss` as well, and then both have to fit.
  server.get<{ Querystring: Query }>('/auth/front-channel-logout', async (request, reply) => {
    const { sid, iss } = request.query;
    const isRight = typeof sid === 'string' && sid !== '' && (iss === undefined || typeof iss === 'string');
    const ended = isRight ? await sessions.endByMicrosoftSid(sid, iss) : 0;
    logger.info({ ended }, 'front-channel logout received');
    return reply.header('cache-control', 'no-store').code(204).send();
  });
}
