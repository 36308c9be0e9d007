import { createHash } from 'node:crypto';
import { isMultiTenant } from '../application.ts';
import type { DirectoryView, EntraUser } from '../ports.ts';
import type { Account } from '../sign-in/accounts.ts';
import { stableGuid } from '../tenants/stable-guid.ts';
import type { SignedIn } from './token-issuer.ts';

/** A subject of its own for each application (OpenID Connect Core, 8.1), the same at every start. */
export function pairwiseSubject(tenantId: string, appId: string, userId: string): string {
  return createHash('sha256').update([tenantId, appId, userId].join('\n').toLowerCase()).digest('base64url');
}

/** The id_token's claims about a person: `oid`, name and username need `profile`. */
export function subjectClaims(signedIn: SignedIn): Record<string, string> {
  const { user, scopes } = signedIn;
  const email = emailClaim(signedIn);
  return {
    ...(email === undefined ? {} : { email }),
    ...(scopes.permissions.includes('profile')
      ? { name: user.displayName, oid: user.id, preferred_username: username(user) }
      : {}),
  };
}

/**
 * Guests bring their address along; others by the scope `email` or as an optional claim. An application may ask to hear
 * of no address whose domain nobody has verified, and those for people of any tenant do so unless they say otherwise.
 */
export function emailClaim(signedIn: SignedIn): string | undefined {
  const { user, scopes, claims, application } = signedIn;
  const isAsked =
    scopes.permissions.includes('email') ||
    claims.idToken.includes('email') ||
    application.optionalClaims?.idToken?.some(({ name }) => name === 'email') === true;
  if (user.mail === undefined || !(isAsked || user.userType === 'Guest')) return undefined;
  const { removeUnverifiedEmailClaim = isMultiTenant(application) } = application.authenticationBehaviors ?? {};
  return removeUnverifiedEmailClaim && !isEmailVerified(signedIn) ? undefined : user.mail;
}

/** Whether the address is in a verified domain of the tenant where the person is at home. */
export function isEmailVerified({ user, account }: SignedIn): boolean {
  const domain = domainOf(user.mail ?? '');
  // The home tenant of such a guest is not here: it is taken to be the one that owns the domain.
  if (account.user.userType === 'Guest') return true;
  return account.directory.tenant.verifiedDomains.some(({ name }) => name.toLowerCase() === domain);
}

/** Guests bring `idp`: the issuer of the tenant they come from. A home that is not here is named after its domain. */
export function homeClaims(directory: DirectoryView, user: EntraUser, account: Account): Record<string, string> {
  if (user.userType !== 'Guest') return {};
  const home =
    account.directory === directory ? stableGuid('tenant', domainOf(username(user))) : account.directory.tenant.id;
  return { idp: `https://sts.windows.net/${home}/` };
}

/** A guest signs in by the name of the home tenant, not by the `#EXT#` name that this one gave. */
export function username(user: EntraUser): string {
  return user.userType === 'Guest' && user.mail !== undefined ? user.mail : user.userPrincipalName;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
