import type { DirectoryView } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';
import { signInAs } from '../sessions/accounts.ts';
import type { AuthorizationCodes, AuthorizationGrant } from './authorization-codes.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import { checkCodeVerifier } from './code-challenge.ts';
import { TOKEN_LIFETIME, type SignedInUser, type TokenIssuer } from './token-issuer.ts';
import type { Grant, TokenResponse } from './token-request.ts';

export interface AuthorizationCodeDeps {
  readonly codes: AuthorizationCodes;
  readonly issuer: TokenIssuer;
  readonly directory: DirectoryView;
}

/** Tokens for a person who signed in, once for each code (RFC 6749, 4.1.3; RFC 7636, 4.6). */
export function authorizationCodeGrant({ codes, issuer, directory }: AuthorizationCodeDeps): Grant {
  return async ({ client, body }) => {
    const code = required(body, 'code');
    const grant = codes.find(code);
    checkClient(grant, client);
    checkRedirectUri(grant, body);
    checkCodeVerifier(grant.codeChallenge, body.get('code_verifier'));
    const user = signInAs(directory, grant.userId);
    codes.markRedeemed(code);
    const { sessionId, scopes, nonce } = grant;
    return tokensFor(issuer, client, { user, sessionId, scopes, ...(nonce === undefined ? {} : { nonce }) });
  };
}

async function tokensFor(
  issuer: TokenIssuer,
  { application, credential }: AuthenticatedClient,
  signedIn: SignedInUser,
): Promise<TokenResponse> {
  const access_token = await issuer.delegatedToken(application, credential, signedIn);
  const tokens = {
    token_type: 'Bearer' as const,
    scope: signedIn.scopes.filter((scope) => scope !== 'offline_access').join(' '),
    expires_in: TOKEN_LIFETIME,
    ext_expires_in: TOKEN_LIFETIME,
    access_token,
  };
  // OpenID Connect Core, 3.1.2.1: without the scope openid it is plain OAuth.
  return signedIn.scopes.includes('openid')
    ? { ...tokens, id_token: await issuer.idToken(application, signedIn) }
    : tokens;
}

function checkClient(grant: AuthorizationGrant, { application }: AuthenticatedClient): void {
  if (grant.appId === application.appId) return;
  throw new EntraError(70000, 'Provided grant is invalid or malformed. It was issued to another application.');
}

function checkRedirectUri(grant: AuthorizationGrant, body: Parameters): void {
  const redirectUri = required(body, 'redirect_uri');
  if (redirectUri === grant.redirectUri) return;
  throw new EntraError(
    500112,
    `The reply address '${redirectUri}' does not match the reply address '${grant.redirectUri}' provided when requesting ` +
      `Authorization code.`,
  );
}
