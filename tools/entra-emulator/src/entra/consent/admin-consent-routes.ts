import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askForAccount, type AccountDeps } from '../authorize/account-routes.ts';
import { registeredRedirectUri } from '../authorize/reply-address.ts';
import type { PlannedFailures } from '../control/planned-failures.ts';
import { EntraError } from '../errors/entra-error.ts';
import { errorReference } from '../errors/error-report.ts';
import { consentPage } from '../pages/consent-page.ts';
import { sendPage } from '../pages/page.ts';
import type { Application, EntraUser } from '../ports.ts';
import { continuationUrl, parseContinuation, type Continuation } from '../request/continuation.ts';
import { bodyParameters, queryParameters, required } from '../request/parameters.ts';
import { signedInUser } from '../sessions/accounts.ts';
import { sessionCookie } from '../sessions/session-cookie.ts';
import { resolveAuthority } from '../tenants/authority.ts';
import { knownApplication } from '../tokens/client-authentication.ts';
import { sendConsent, sendConsentError, type ConsentAddress } from './consent-answer.ts';
import { readConsentRequest, type ConsentRequest } from './consent-request.ts';

export interface AdminConsentDeps extends AccountDeps {
  readonly failures: PlannedFailures;
  readonly clock: () => Date;
}

type TenantRoute = { Params: { tenant: string } };

/** A consent request that can be answered. */
interface Located {
  readonly continuation: Continuation;
  readonly application: Application;
  readonly address: ConsentAddress;
  readonly signedIn: EntraUser | undefined;
}

/** The admin consent endpoint in its two forms, and the administrator's decision. */
export function adminConsentRoutes(server: FastifyInstance, deps: AdminConsentDeps): void {
  for (const path of ['/:tenant/v2.0/adminconsent', '/:tenant/adminconsent']) {
    server.get<TenantRoute>(path, (request, reply) => {
      const continuation = {
        path: new URL(request.url, 'http://localhost').pathname,
        parameters: queryParameters(request),
      };
      const located = locate(deps, request, continuation);
      return answering(deps, request, reply, located, (asked) => {
        deps.failures.meet('adminconsent');
        return askForConsent(deps, reply, located, asked);
      });
    });
  }

  server.post<TenantRoute>('/:tenant/adminconsent', (request, reply) => {
    const body = bodyParameters(request);
    const located = locate(deps, request, parseContinuation(required(body, 'continue')));
    return answering(deps, request, reply, located, (asked) => {
      if (body.get('decision') !== 'accept') {
        throw new EntraError(65004, 'The resource owner or authorization server denied the request.');
      }
      if (administrator(deps, located.signedIn) === undefined) return askForConsent(deps, reply, located, asked);
      deps.directory.grantConsent(located.application.appId, asked.appRoles);
      return sendConsent(reply, located.address, deps.directory.tenant.id, asked);
    });
  });
}

/** What is wrong up to here is shown as a page: there is no address yet that may be trusted with it. */
function locate(deps: AdminConsentDeps, request: FastifyRequest<TenantRoute>, continuation: Continuation): Located {
  const { directory, sessions, findApplication } = deps;
  const form = continuation.path.endsWith('/v2.0/adminconsent') ? 'v2' : 'v1';
  const authority = resolveAuthority(directory.tenant, request.params.tenant);
  if (form === 'v2' && authority.kind === 'shared' && authority.name === 'common') throw needsTenant();
  const { parameters } = continuation;
  const application = knownApplication(
    { tenant: () => directory.tenant, findApplication },
    required(parameters, 'client_id'),
  );
  const redirectUri = registeredRedirectUri(application, parameters.get('redirect_uri'));
  const state = parameters.get('state');
  return {
    continuation,
    application,
    address: { form, redirectUri, ...(state === undefined ? {} : { state }) },
    signedIn: signedInUser(directory, sessions.find(sessionCookie(request))),
  };
}

function needsTenant(): EntraError {
  return new EntraError(
    50059,
    'No tenant-identifying information found in either the request or implied by any provided credentials.',
  );
}

function answering(
  { clock }: AdminConsentDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { application, address, continuation }: Located,
  answer: (asked: ConsentRequest) => FastifyReply,
): FastifyReply {
  try {
    return answer(readConsentRequest(address.form, application, continuation.parameters));
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const at = errorReference(clock(), request.headers['client-request-id']);
    return sendConsentError(reply, address, error, at);
  }
}

function administrator({ directory }: AdminConsentDeps, user: EntraUser | undefined): EntraUser | undefined {
  return user !== undefined && directory.isAdministrator(user.id) ? user : undefined;
}

function askForConsent(
  deps: AdminConsentDeps,
  reply: FastifyReply,
  { continuation, application, signedIn }: Located,
  asked: ConsentRequest,
): FastifyReply {
  const granting = administrator(deps, signedIn);
  if (granting === undefined) {
    const alert =
      signedIn && new EntraError(90094, `${signedIn.displayName} is not an administrator of this directory.`);
    return askForAccount(deps, reply, {
      continuation,
      purpose: 'consent',
      ...(alert && { alert }),
      ...(signedIn && { signedIn }),
    });
  }
  return sendPage(
    reply,
    200,
    consentPage({
      applicationName: application.displayName,
      tenantName: deps.directory.tenant.displayName,
      userName: granting.displayName,
      forOrganisation: true,
      permissions: asked.permissions,
      action: `/${continuation.path.split('/')[1] ?? ''}/adminconsent`,
      continuation: continuationUrl(continuation),
    }),
  );
}
