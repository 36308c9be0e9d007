import type { FastifyReply } from 'fastify';
import type { EntraUser } from '../ports.ts';
import type { Session } from '../sessions/sessions.ts';
import { idOf } from '../sign-in/accounts.ts';
import type { AuthorizationCodes, AuthorizationGrant } from '../tokens/authorization-codes.ts';
import type { TokenIssuer } from '../tokens/token-issuer.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { sendAnswer } from './authorization-response.ts';
import type { Located } from './locate.ts';
import type { Standing } from './next-step.ts';

/** Somebody who may come in. */
export interface Admitted extends Standing {
  readonly user: EntraUser;
  readonly session: Session;
}

export interface SendTokensDeps {
  readonly codes: AuthorizationCodes;
  readonly issuer: TokenIssuer;
}

/** Answers the application by what it asked for: a code, an id_token or both. */
export async function sendTokens(
  { codes, issuer }: SendTokensDeps,
  reply: FastifyReply,
  located: Located,
  wanted: AuthorizationRequest,
  admitted: Admitted,
): Promise<FastifyReply> {
  const { application, address } = located;
  const { session } = admitted;
  session.applications.add(application.appId);
  const grant = grantOf(located, wanted, admitted);
  const code = wanted.wantsCode ? codes.issue(grant) : undefined;
  const idToken = wanted.wantsIdToken
    ? await issuer.idToken(
        { ...grant, ...admitted, application },
        { kind: 'front-channel', ...(code === undefined ? {} : { code }) },
      )
    : undefined;
  return sendAnswer(reply, address, {
    ...(code === undefined ? {} : { code }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    session_state: session.id,
  });
}

function grantOf(
  { application, address, authority }: Located,
  { scopes, claims, nonce, codeChallenge }: AuthorizationRequest,
  { directory, account, session }: Admitted,
): AuthorizationGrant {
  return {
    appId: application.appId,
    tenantId: directory.tenant.id,
    askedTenantId: authority.kind === 'tenant' ? authority.directory.tenant.id : undefined,
    account: idOf(account),
    redirectUri: address.redirectUri,
    sessionId: session.id,
    authenticatedAt: session.authenticatedAt,
    mfa: session.mfa,
    scopes,
    claims,
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
  };
}
