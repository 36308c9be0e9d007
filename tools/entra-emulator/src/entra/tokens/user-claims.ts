import { createHash } from 'node:crypto';
import type { EntraUser } from '../ports.ts';
import { stableGuid } from '../tenants/stable-guid.ts';

/** A subject of its own for each application (OpenID Connect Core, 8.1), the same at every start. */
export function pairwiseSubject(tenantId: string, appId: string, userId: string): string {
  return createHash('sha256').update([tenantId, appId, userId].join('\n').toLowerCase()).digest('base64url');
}

/** The id_token's claims about a person: `oid`, name and username need `profile`; email needs `email` or a guest. */
export function subjectClaims(user: EntraUser, scopes: readonly string[]): Record<string, string> {
  const withEmail = user.mail !== undefined && (scopes.includes('email') || user.userType === 'Guest');
  return {
    ...(withEmail ? { email: user.mail } : {}),
    ...(scopes.includes('profile') ? { name: user.displayName, oid: user.id, preferred_username: username(user) } : {}),
  };
}

/** Guests bring `idp`: the issuer of the tenant they come from. The emulator gives each home domain one. */
export function guestClaims(user: EntraUser): Record<string, string> {
  if (user.userType !== 'Guest') return {};
  const home = username(user).split('@').at(-1) ?? '';
  return { idp: `https://sts.windows.net/${stableGuid('tenant', home.toLowerCase())}/` };
}

/** A guest signs in by the name of the home tenant, not by the `#EXT#` name that this one gave. */
function username(user: EntraUser): string {
  return user.userType === 'Guest' && user.mail !== undefined ? user.mail : user.userPrincipalName;
}
