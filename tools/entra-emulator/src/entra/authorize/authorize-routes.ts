import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlannedFailures } from '../control/planned-failures.ts';
import type { Application } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { errorReference } from '../errors/error-report.ts';
import { consentPage } from '../pages/consent-page.ts';
import { sendPage } from '../pages/page.ts';
import { afterConsent, continuationUrl, parseContinuation } from '../request/continuation.ts';
import { bodyParameters, queryParameters, required, type Parameters } from '../request/parameters.ts';
import { accountNamed, signedInUser } from '../sessions/accounts.ts';
import { sessionCookie } from '../sessions/session-cookie.ts';
import type { Session } from '../sessions/sessions.ts';
import { resolveAuthority } from '../tenants/authority.ts';
import type { AuthorizationCodes } from '../tokens/authorization-codes.ts';
import { askForAccount, type AccountDeps } from './account-routes.ts';
import { readAuthorizationRequest, type AuthorizationRequest } from './authorization-request.ts';
import { sendAnswer, sendError } from './authorization-response.ts';
import { nextStep } from './next-step.ts';
import { replyAddressOf, type ReplyAddress } from './reply-address.ts';

export interface AuthorizeDeps extends AccountDeps {
  readonly codes: AuthorizationCodes;
  readonly failures: PlannedFailures;
  readonly clock: () => Date;
}

type TenantRoute = { Params: { tenant: string } };

/** A request that can be answered, whatever the answer is. */
interface Located {
  readonly path: string;
  readonly parameters: Parameters;
  readonly application: Application;
  readonly address: ReplyAddress;
  readonly session: Session | undefined;
}

/** The authorization endpoint, by GET and by POST, and the decision about delegated permissions. */
export function authorizeRoutes(server: FastifyInstance, deps: AuthorizeDeps): void {
  const locate = (request: FastifyRequest<TenantRoute>, path: string, parameters: Parameters): Located => {
    resolveAuthority(deps.directory.tenant, request.params.tenant);
    const lookup = { tenant: () => deps.directory.tenant, findApplication: deps.findApplication };
    const session = deps.sessions.find(sessionCookie(request));
    return { path, parameters, session, ...replyAddressOf(lookup, parameters) };
  };

  server.route<TenantRoute>({
    method: ['GET', 'POST'],
    url: '/:tenant/oauth2/v2.0/authorize',
    handler: (request, reply) => {
      const parameters = request.method === 'POST' ? bodyParameters(request) : queryParameters(request);
      const located = locate(request, `/${request.params.tenant}/oauth2/v2.0/authorize`, parameters);
      return answering(deps, request, reply, located, () => {
        deps.failures.meet('authorize');
        return authorize(deps, reply, located);
      });
    },
  });

  server.post<TenantRoute>('/:tenant/consent', (request, reply) => {
    const body = bodyParameters(request);
    const continuation = parseContinuation(required(body, 'continue'));
    const located = locate(request, continuation.path, continuation.parameters);
    return answering(deps, request, reply, located, () => {
      if (required(body, 'decision') !== 'accept')
        throw new EntraError(65004, 'User declined to consent to access the app.');
      return reply.redirect(continuationUrl(afterConsent(continuation)), 303);
    });
  });
}

/** Tells refusals to whom they are for. An application that asked for silence hears of all of them. */
function answering(
  deps: AuthorizeDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { path, parameters, address }: Located,
  answer: () => FastifyReply,
): FastifyReply {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const audience = parameters.get('prompt') === 'none' ? 'application' : error.kind.audience;
    if (audience === 'page') throw error;
    if (audience === 'account') {
      const continuation = { path, parameters };
      return askForAccount(deps, reply, { continuation, purpose: 'sign-in', alert: error });
    }
    return sendError(reply, address, error, errorReference(deps.clock(), request.headers['client-request-id']));
  }
}

function authorize(deps: AuthorizeDeps, reply: FastifyReply, located: Located): FastifyReply {
  const { path, parameters, session, application } = located;
  const wanted = readAuthorizationRequest(parameters);
  const signedIn = signedInUser(deps.directory, session);
  const { loginHint } = wanted;
  const fits = loginHint === undefined || accountNamed(deps.directory, loginHint)?.id === signedIn?.id;
  const step = nextStep(wanted, fits ? signedIn : undefined);
  if (step.kind === 'choose-account' || session === undefined) {
    const continuation = { path, parameters };
    return askForAccount(deps, reply, { continuation, purpose: 'sign-in', ...(signedIn && { signedIn }) });
  }
  if (step.kind === 'issue-code') return sendCode(deps, reply, located, wanted, session);
  return sendPage(
    reply,
    200,
    consentPage({
      applicationName: application.displayName,
      tenantName: deps.directory.tenant.displayName,
      userName: step.user.displayName,
      forOrganisation: false,
      permissions: wanted.scopes,
      action: `/${path.split('/')[1] ?? ''}/consent`,
      continuation: continuationUrl({ path, parameters }),
    }),
  );
}

function sendCode(
  { codes }: AuthorizeDeps,
  reply: FastifyReply,
  { application, address }: Located,
  { scopes, nonce, codeChallenge }: AuthorizationRequest,
  session: Session,
): FastifyReply {
  session.applications.add(application.appId);
  const code = codes.issue({
    appId: application.appId,
    redirectUri: address.redirectUri,
    userId: session.userId,
    sessionId: session.id,
    scopes,
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
  });
  return sendAnswer(reply, address, { code, session_state: session.id });
}
