import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../pages/page.ts';
import { signedOutPage, type SignedOutFrame } from '../pages/signed-out-page.ts';
import { bodyParameters, queryParameters, type Parameters } from '../request/parameters.ts';
import { clearSessionCookie, sessionCookie } from '../sessions/session-cookie.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { isSame } from '../sign-in/accounts.ts';
import { accountInHint } from '../sign-in/login-hint.ts';
import { resolveAuthority } from '../tenants/authority.ts';
import type { Tenants } from '../tenants/tenants.ts';

export interface LogoutDeps {
  readonly tenants: Tenants;
  readonly sessions: Sessions;
}

/** Ends the browser's session, tells every application in it, and goes back to the one that asked. */
export function logoutRoutes(server: FastifyInstance, { tenants, sessions }: LogoutDeps): void {
  server.route<{ Params: { tenant: string } }>({
    method: ['GET', 'POST'],
    url: '/:tenant/oauth2/v2.0/logout',
    handler: (request, reply) => {
      resolveAuthority(tenants, request.params.tenant);
      const parameters = parametersOf(request);
      const target = returnAddress(tenants, parameters);
      const session = endSession(sessions, request, reply, parameters.get('logout_hint'));
      const frames = session === undefined ? [] : framesOf(tenants, session);
      if (target !== undefined && frames.length === 0) {
        return reply.header('cache-control', 'no-store').redirect(target, 302);
      }
      return sendPage(reply, 200, signedOutPage(frames, target));
    },
  });
}

function parametersOf(request: FastifyRequest): Parameters {
  return request.method === 'POST' ? bodyParameters(request) : queryParameters(request);
}

/** A hint that means another account leaves this one signed in. What is no hint of ours is not listened to. */
function endSession(
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
  hint: string | undefined,
): Session | undefined {
  const cookie = sessionCookie(request);
  const [session, hinted] = [sessions.find(cookie), accountInHint(hint ?? '')];
  if (session !== undefined && hinted !== undefined && !isSame(session.account, hinted)) return undefined;
  clearSessionCookie(reply);
  return sessions.end(cookie);
}

/** The address to go back to, `state` with it; undefined when it is not a redirect URI of any application. */
function returnAddress(tenants: Tenants, parameters: Parameters): string | undefined {
  const asked = parameters.get('post_logout_redirect_uri');
  const registered = tenants.all.flatMap((directory) => directory.applications());
  if (asked === undefined || !registered.some(({ web }) => web.redirectUris.includes(asked))) return undefined;
  const target = new URL(asked);
  const state = parameters.get('state');
  // OpenID Connect RP-Initiated Logout, 3.
  if (state !== undefined) target.searchParams.append('state', state);
  return target.href;
}

/** Entra's front-channel logout sends `sid` and, unlike the specification, no `iss`. */
function framesOf(tenants: Tenants, { id, applications }: Session): SignedOutFrame[] {
  return [...applications].flatMap((appId) => {
    const application = tenants.registration(appId)?.application;
    if (application?.web.logoutUrl === undefined) return [];
    const url = new URL(application.web.logoutUrl);
    url.searchParams.append('sid', id);
    return [{ applicationName: application.displayName, url: url.href }];
  });
}
