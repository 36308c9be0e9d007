import { EntraError } from '../errors/entra-error.ts';
import { required } from '../request/parameters.ts';
import { checkClient } from './authorization-code-grant.ts';
import { signedInBy, tokensFor, type RedeemDeps } from './redeem-sign-in.ts';
import type { Grant } from './token-request.ts';

/**
 * New tokens without the person (RFC 6749, 6), in the tenant of the sign-in or in another where they are a guest. The
 * answer has a new refresh token, and the old one stays good.
 */
export function refreshTokenGrant(deps: RedeemDeps): Grant {
  const { tenants, refreshTokens } = deps;
  return async ({ authority, client, body }) => {
    const { value: grant } = refreshTokens.find(required(body, 'refresh_token'));
    checkClient(grant, client);
    const directory = authority.kind === 'tenant' ? authority.directory : tenants.named(grant.tenantId);
    if (directory === undefined) throw new EntraError(90002);
    const signedIn = signedInBy(deps, directory, client, grant, body);
    return tokensFor(deps, client, signedIn, grant.scopes, body);
  };
}
