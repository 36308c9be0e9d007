import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';
import type { Authority } from '../tenants/authority.ts';
import type { AuthorizationCodes, AuthorizationGrant } from './authorization-codes.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import { checkCodeVerifier } from './code-challenge.ts';
import { signedInBy, tokensFor, type RedeemDeps } from './redeem-sign-in.ts';
import type { SignInGrant } from './sign-in-grant.ts';
import type { Grant } from './token-request.ts';

export interface AuthorizationCodeDeps extends RedeemDeps {
  readonly codes: AuthorizationCodes;
}

/** Tokens for a person who signed in, once for each code (RFC 6749, 4.1.3; RFC 7636, 4.6). */
export function authorizationCodeGrant(deps: AuthorizationCodeDeps): Grant {
  const { codes, tenants } = deps;
  return async ({ authority, client, body }) => {
    const code = required(body, 'code');
    const grant = codes.find(code);
    checkClient(grant, client);
    checkTenant(grant, authority);
    checkRedirectUri(grant, body);
    checkCodeVerifier(grant.codeChallenge, body.get('code_verifier'));
    const directory = tenants.named(grant.tenantId);
    if (directory === undefined) throw new EntraError(90002);
    const signedIn = signedInBy(deps, directory, client, grant, body);
    codes.markRedeemed(code);
    return tokensFor(deps, client, signedIn, grant.scopes, body);
  };
}

/** @throws EntraError 70000 when a code or a refresh token is another application's. */
export function checkClient(grant: SignInGrant, { application }: AuthenticatedClient): void {
  if (grant.appId === application.appId) return;
  throw new EntraError(70000, 'Provided grant is invalid or malformed. It was issued to another application.');
}

/** A code is redeemed where it was asked for: at the same tenant, or at an endpoint that tenants share. */
function checkTenant({ askedTenantId }: AuthorizationGrant, authority: Authority): void {
  const tenantId = authority.kind === 'tenant' ? authority.directory.tenant.id : undefined;
  if (askedTenantId !== tenantId) throw new EntraError(700005);
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
