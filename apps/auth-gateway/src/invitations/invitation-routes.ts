import type { FastifyInstance } from 'fastify';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie, setCookie } from '../sessions/cookies.ts';
import { type InvitationLinksDeps, isToken, linkOf } from './invitation-of.ts';
import { sendInvitationPage } from './invitation-page.ts';

export interface InvitationRoutesDeps extends InvitationLinksDeps {
  readonly arrivals: Arrivals;
}

type Query = Readonly<Record<string, unknown>>;

const MINUTES = 10;

/**
 * Where the link of an invitation leads. Opening it uses nothing up, because mail filters open links too; signing in
 * and setting a password do. The token leaves the address at once, so that no page, history entry or Referer carries it on.
 */
export function invitationRoutes(server: FastifyInstance, deps: InvitationRoutesDeps): void {
  server.get<{ Querystring: Query }>('/invitation', async (request, reply) => {
    const { organisation, visitor } = await deps.arrivals.of(request, reply);
    const { token } = request.query;
    if (token !== undefined) {
      if (isToken(token)) setCookie(reply, 'invitation', token, MINUTES * 60);
      else clearCookie(reply, 'invitation');
      void reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
      return reply.redirect('/invitation', 303);
    }
    if (visitor) return reply.redirect('/', 303);
    const link = await linkOf(deps, organisation.id, readCookie(request, 'invitation'));
    if (link.state !== 'good') clearCookie(reply, 'invitation');
    return sendInvitationPage(reply, organisation, link);
  });
}
