import { checkConsent } from '../consent/delegated-consent.ts';
import { EntraError } from '../errors/entra-error.ts';
import type { DirectoryView } from '../ports.ts';
import type { Parameters } from '../request/parameters.ts';
import { bothOf, NO_CLAIMS, readClaimsRequest } from '../scopes/claims-request.ts';
import { grantedText, readScopes, type Scopes } from '../scopes/scopes.ts';
import { accountOf, idOf, type Account } from '../sign-in/accounts.ts';
import { admit } from '../sign-in/admission.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { AuthorizationGrant } from './authorization-codes.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { SignInGrant } from './sign-in-grant.ts';
import { TOKEN_LIFETIME, type SignedIn, type TokenIssuer } from './token-issuer.ts';
import type { TokenResponse } from './token-request.ts';

export interface RedeemDeps {
  readonly tenants: Tenants;
  readonly issuer: TokenIssuer;
  readonly refreshTokens: RefreshTokens;
}

/**
 * What a sign-in is good for by now: everything that could keep the person out is asked again.
 * @throws EntraError 50034, 50173, whatever admission refuses, 50076, 65001, or what is wrong with `scope`.
 */
export function signedInBy(
  { tenants }: RedeemDeps,
  directory: DirectoryView,
  { application }: AuthenticatedClient,
  grant: SignInGrant & Partial<Pick<AuthorizationGrant, 'nonce' | 'claims'>>,
  body: Parameters,
): SignedIn {
  const account = accountStill(tenants, grant);
  const { user, principal, owesMfa } = admit({ directory, application, account, mfa: grant.mfa });
  if (owesMfa) throw new EntraError(50076);
  const narrowed = body.get('scope');
  const scopes = narrowed === undefined ? grant.scopes : readScopes(narrowed, application);
  checkConsent(application, principal, user.id, scopes.permissions);
  const { sessionId, authenticatedAt, mfa, nonce } = grant;
  const claims = bothOf(grant.claims ?? NO_CLAIMS, readClaimsRequest(body));
  const signedIn = { directory, application, user, account, sessionId, scopes, claims, authenticatedAt, mfa };
  return nonce === undefined ? signedIn : { ...signedIn, nonce };
}

function accountStill(tenants: Tenants, { account: id, authenticatedAt }: SignInGrant): Account {
  const account = accountOf(tenants, id);
  if (account === undefined) throw new EntraError(50034);
  const { sessionsValidFrom } = account.user;
  if (sessionsValidFrom === undefined || sessionsValidFrom <= authenticatedAt) return account;
  const [issued, validFrom] = [authenticatedAt, sessionsValidFrom].map((at) =>
    new Date(at).toISOString().replace('Z', '0000Z'),
  );
  throw new EntraError(
    50173,
    `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or ` +
      `reset their password. The grant was issued on '${issued ?? ''}' and the TokensValidFrom date (before which tokens ` +
      `are not valid) for this user is '${validFrom ?? ''}'.`,
  );
}

/**
 * The tokens: a refresh token when `original`, what was asked for at the sign-in, has `offline_access`; an id_token when
 * `openid` is asked for now.
 */
export async function tokensFor(
  { issuer, refreshTokens }: RedeemDeps,
  { credential }: AuthenticatedClient,
  signedIn: SignedIn,
  original: Scopes,
  body: Parameters,
): Promise<TokenResponse> {
  const { scopes, account } = signedIn;
  const isOpenId = scopes.permissions.includes('openid');
  const isOffline = original.permissions.includes('offline_access');
  return {
    token_type: 'Bearer',
    scope: grantedText(scopes),
    expires_in: TOKEN_LIFETIME,
    ext_expires_in: TOKEN_LIFETIME,
    access_token: await issuer.delegatedToken(signedIn, credential),
    ...(isOffline ? { refresh_token: refreshTokens.issue(grantOf(signedIn, original)) } : {}),
    // OpenID Connect Core, 3.1.2.1: without the scope openid it is plain OAuth.
    ...(isOpenId ? { id_token: await issuer.idToken(signedIn, { kind: 'token-endpoint' }) } : {}),
    ...(body.get('client_info') === '1' ? { client_info: clientInfo(account) } : {}),
  };
}

/** OpenID Connect Core, 12.2: an id_token that comes by refreshing has no nonce. */
function grantOf({ application, directory, account, ...rest }: SignedIn, scopes: Scopes): SignInGrant {
  const { sessionId, authenticatedAt, mfa } = rest;
  const { appId } = application;
  return { appId, tenantId: directory.tenant.id, account: idOf(account), sessionId, scopes, authenticatedAt, mfa };
}

/** What Microsoft's libraries know an account by: its id and tenant at home. */
function clientInfo({ directory, user }: Account): string {
  return Buffer.from(JSON.stringify({ uid: user.id, utid: directory.tenant.id })).toString('base64url');
}
