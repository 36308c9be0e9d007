import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Application, DirectoryView } from '../ports.ts';
import { sendPage } from '../pages/page.ts';
import { signedOutPage, type SignedOutFrame } from '../pages/signed-out-page.ts';
import { bodyParameters, queryParameters, type Parameters } from '../request/parameters.ts';
import { clearSessionCookie, sessionCookie } from '../sessions/session-cookie.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { resolveAuthority } from '../tenants/authority.ts';

export interface LogoutDeps {
  readonly directory: Pick<DirectoryView, 'tenant' | 'applications'>;
  readonly sessions: Sessions;
}

/** Ends the browser's session, tells every application in it, and goes back to the one that asked. */
export function logoutRoutes(server: FastifyInstance, { directory, sessions }: LogoutDeps): void {
  server.route<{ Params: { tenant: string } }>({
    method: ['GET', 'POST'],
    url: '/:tenant/oauth2/v2.0/logout',
    handler: (request, reply) => {
      resolveAuthority(directory.tenant, request.params.tenant);
      const target = returnAddress(directory.applications(), parametersOf(request));
      const session = sessions.end(sessionCookie(request));
      clearSessionCookie(reply);
      const frames = framesOf(directory.applications(), session);
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

/** The address to go back to, `state` with it; undefined when it is not a redirect URI of any application. */
function returnAddress(applications: readonly Application[], parameters: Parameters): string | undefined {
  const asked = parameters.get('post_logout_redirect_uri');
  if (asked === undefined || !applications.some(({ web }) => web.redirectUris.includes(asked))) return undefined;
  const target = new URL(asked);
  const state = parameters.get('state');
  // OpenID Connect RP-Initiated Logout, 3.
  if (state !== undefined) target.searchParams.append('state', state);
  return target.href;
}

/** Entra's front-channel logout sends `sid` and, unlike the specification, no `iss`. */
function framesOf(applications: readonly Application[], session: Session | undefined): SignedOutFrame[] {
  return applications.flatMap(({ appId, displayName, web }) => {
    if (session?.applications.has(appId) !== true || web.logoutUrl === undefined) return [];
    const url = new URL(web.logoutUrl);
    url.searchParams.append('sid', session.id);
    return [{ applicationName: displayName, url: url.href }];
  });
}
