import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askForAccount } from '../authorize/ask-for-account.ts';
import type { AccountDeps } from '../authorize/account-routes.ts';
import { registeredRedirectUri } from '../authorize/reply-address.ts';
import type { PlannedFailures } from '../control/planned-failures.ts';
import { EntraError } from '../errors/entra-error.ts';
import { errorReference } from '../errors/error-report.ts';
import { consentPage } from '../pages/consent-page.ts';
import { sendPage } from '../pages/page.ts';
import type { DirectoryView, EntraUser, Registration } from '../ports.ts';
import { continuationUrl, parseContinuation, type Continuation } from '../request/continuation.ts';
import { bodyParameters, queryParameters, required } from '../request/parameters.ts';
import { sessionCookie } from '../sessions/session-cookie.ts';
import { signedInAccount, userIn, type Account } from '../sign-in/accounts.ts';
import { resolveAuthority, type Authority } from '../tenants/authority.ts';
import { clientAt } from '../tenants/clients.ts';
import { sendConsent, sendConsentError, type ConsentAddress } from './consent-answer.ts';
import { readConsentRequest, type ConsentRequest } from './consent-request.ts';

export interface AdminConsentDeps extends AccountDeps {
  readonly failures: PlannedFailures;
  readonly clock: () => Date;
}

type TenantRoute = { Params: { tenant: string } };

/** A consent request that can be answered. */
interface Located {
  readonly authority: Authority;
  readonly continuation: Continuation;
  readonly registration: Registration;
  readonly address: ConsentAddress;
  readonly signedIn: Account | undefined;
}

/** Somebody who may consent for a tenant. */
interface Administrator {
  readonly directory: DirectoryView;
  readonly user: EntraUser;
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
      const administrator = administratorOf(located);
      if (administrator === undefined) return askForConsent(deps, reply, located, asked);
      const { directory } = administrator;
      directory.grantConsent(located.registration, { appRoles: asked.appRoles, scopes: asked.scopes });
      return sendConsent(reply, located.address, directory.tenant.id, asked);
    });
  });
}

/** What is wrong up to here is shown as a page: there is no address yet that may be trusted with it. */
function locate(
  { tenants, sessions }: AdminConsentDeps,
  request: FastifyRequest<TenantRoute>,
  continuation: Continuation,
): Located {
  const form = continuation.path.endsWith('/v2.0/adminconsent') ? 'v2' : 'v1';
  const authority = resolveAuthority(tenants, request.params.tenant);
  if (form === 'v2' && authority.kind === 'shared' && authority.name === 'common') throw new EntraError(50059);
  const { parameters } = continuation;
  const registration = clientAt(tenants, authority, required(parameters, 'client_id'));
  const redirectUri = registeredRedirectUri(registration.application, parameters.get('redirect_uri'));
  const state = parameters.get('state');
  return {
    authority,
    continuation,
    registration,
    address: { form, redirectUri, ...(state === undefined ? {} : { state }) },
    signedIn: signedInAccount(tenants, sessions.find(sessionCookie(request))),
  };
}

function answering(
  { clock }: AdminConsentDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { registration, address, continuation }: Located,
  answer: (asked: ConsentRequest) => FastifyReply,
): FastifyReply {
  try {
    return answer(readConsentRequest(address.form, registration.application, continuation.parameters));
  } catch (error) {
    if (!(error instanceof EntraError) || error.aadsts === undefined) throw error;
    const at = errorReference(clock(), request.headers['client-request-id']);
    return sendConsentError(reply, address, error, at);
  }
}

/** Whoever is signed in, in the tenant that was asked for or in their own, if they administer it. */
function administratorOf({ authority, signedIn }: Located): Administrator | undefined {
  if (signedIn === undefined) return undefined;
  const directory = authority.kind === 'tenant' ? authority.directory : signedIn.directory;
  const user = userIn(directory, signedIn);
  return user !== undefined && directory.isAdministrator(user.id) ? { directory, user } : undefined;
}

function askForConsent(
  { tenants }: AdminConsentDeps,
  reply: FastifyReply,
  located: Located,
  asked: ConsentRequest,
): FastifyReply {
  const { authority, continuation, registration, signedIn } = located;
  const granting = administratorOf(located);
  if (granting === undefined) {
    if (signedIn === undefined) return askForAccount(tenants, authority, reply, { continuation });
    const alert = new EntraError(90094, `${signedIn.user.displayName} is not an administrator of this directory.`);
    return askForAccount(tenants, authority, reply, { continuation, alert, signedIn });
  }
  return sendPage(
    reply,
    200,
    consentPage({
      applicationName: registration.application.displayName,
      tenantName: granting.directory.tenant.displayName,
      userName: granting.user.displayName,
      reach: 'everybody',
      permissions: asked.shown,
      action: `/${continuation.path.split('/')[1] ?? ''}/adminconsent`,
      continuation: continuationUrl(continuation),
    }),
  );
}
