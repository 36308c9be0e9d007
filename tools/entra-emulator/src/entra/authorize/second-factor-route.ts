import type { FastifyInstance } from 'fastify';
import { continuationUrl, parseContinuation, toAnotherAccount } from '../request/continuation.ts';
import { bodyParameters, required } from '../request/parameters.ts';
import { sessionCookie } from '../sessions/session-cookie.ts';
import type { AccountDeps } from './account-routes.ts';
import type { TenantRoute } from './locate.ts';

/** Takes the answer to the request for a second factor. */
export function secondFactorRoute(server: FastifyInstance, { sessions }: AccountDeps): void {
  server.post<TenantRoute>('/:tenant/second-factor', (request, reply) => {
    const body = bodyParameters(request);
    const continuation = parseContinuation(required(body, 'continue'));
    const session = sessions.find(sessionCookie(request));
    const isApproved = required(body, 'decision') === 'approve';
    if (isApproved && session !== undefined) session.mfa = true;
    return reply.redirect(continuationUrl(isApproved ? continuation : toAnotherAccount(continuation)), 303);
  });
}
