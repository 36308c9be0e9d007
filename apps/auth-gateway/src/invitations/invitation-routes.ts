import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie, setCookie } from '../sessions/cookies.ts';
import { type InvitationLinksDeps, linkStateOf, type LinkState } from './invitation-of.ts';
import { invitationPage } from './invitation-page.ts';

export interface InvitationRoutesDeps extends InvitationLinksDeps {
  readonly arrivals: Arrivals;
}

type Query = Readonly<Record<string, unknown>>;

const MINUTES = 10;
const statuses: Readonly<Record<LinkState, number>> = { good: 200, used: 410, expired: 410, unknown: 404 };

/**
 * Where the link of an invitation leads. Opening it uses nothing up, because mail filters open links too; signing in
 * does. The token leaves the address at once, so that no page, history entry or Referer carries it on.
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
    const kept = readCookie(request, 'invitation');
    const state = isToken(kept) ? await linkStateOf(deps, organisation.id, kept) : 'unknown';
    if (state !== 'good') clearCookie(reply, 'invitation');
    return sendPage(reply, statuses[state], invitationPage(organisation, state));
  });
}

const isToken = (text: unknown): text is string => typeof text === 'string' && /^[\w-]{43}$/.test(text);
