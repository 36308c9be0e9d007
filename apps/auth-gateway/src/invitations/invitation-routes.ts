import type { FastifyInstance } from 'fastify';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie } from '../sessions/cookies.ts';
import { takeLinkToken } from '../sessions/link-token.ts';
import { type InvitationLinksDeps, linkOf } from './invitation-of.ts';
import { sendInvitationPage } from './invitation-page.ts';

export interface InvitationRoutesDeps extends InvitationLinksDeps {
  readonly arrivals: Arrivals;
}

type Query = Readonly<Record<string, unknown>>;

/**
 * Where the link of an invitation leads. Opening it uses nothing up, because mail filters open links too; signing in
 * and setting a password do.
 */
export function invitationRoutes(server: FastifyInstance, deps: InvitationRoutesDeps): void {
  server.get<{ Querystring: Query }>('/invitation', async (request, reply) => {
    const { organisation, visitor } = await deps.arrivals.of(request, reply);
    const { token } = request.query;
    if (token !== undefined) return takeLinkToken(reply, 'invitation', token, '/invitation');
    if (visitor) return reply.redirect('/', 303);
    const link = await linkOf(deps, organisation.id, readCookie(request, 'invitation'));
    if (link.state !== 'good') clearCookie(reply, 'invitation');
    return sendInvitationPage(reply, organisation, link);
  });
}
