import type { OptionalClaim } from '../application.ts';
import { idOf } from '../sign-in/accounts.ts';
import { loginHintFor } from '../sign-in/login-hint.ts';
import type { SignedIn } from './token-issuer.ts';
import { emailClaim, isEmailVerified } from './user-claims.ts';

type ClaimValue = string | number | boolean | string[] | undefined;
type ClaimOf = (signedIn: SignedIn, claim: OptionalClaim) => ClaimValue;

/** A claim that needs the scope `profile`. */
const profile =
  (value: ClaimOf): ClaimOf =>
  (signedIn, claim) =>
    signedIn.scopes.permissions.includes('profile') ? value(signedIn, claim) : undefined;

const CLAIMS = {
  acct: ({ user }) => (user.userType === 'Guest' ? 1 : 0),
  auth_time: ({ authenticatedAt }) => Math.floor(authenticatedAt / 1000),
  ctry: ({ user }) => user.usageLocation,
  email: emailClaim,
  family_name: profile(({ user }) => user.surname),
  given_name: profile(({ user }) => user.givenName),
  login_hint: ({ account }) => loginHintFor(idOf(account)),
  onprem_sid: ({ user }) => user.onPremisesSecurityIdentifier,
  sid: ({ sessionId }) => sessionId,
  tenant_region_scope: () => 'EU',
  upn: profile(upnClaim),
  verified_primary_email: (signedIn) =>
    signedIn.user.mail !== undefined && isEmailVerified(signedIn) ? [signedIn.user.mail] : [],
  xms_edov: (signedIn) => (emailClaim(signedIn) === undefined ? undefined : isEmailVerified(signedIn)),
  xms_pl: ({ account }) => account.user.preferredLanguage?.toLowerCase(),
} satisfies Record<string, ClaimOf>;

/** The optional claims that can be had. */
export const OPTIONAL_CLAIMS = Object.keys(CLAIMS) as (keyof typeof CLAIMS)[];

/** The claims that the registration or the request asks for and that there is a value for. */
export function optionalClaims(signedIn: SignedIn): Record<string, Exclude<ClaimValue, undefined>> {
  const registered = signedIn.application.optionalClaims?.idToken ?? [];
  const asked = [...signedIn.claims.idToken.map((name) => ({ name })), ...registered];
  const claims: Record<string, Exclude<ClaimValue, undefined>> = {};
  for (const claim of asked) {
    const value = (CLAIMS as Record<string, ClaimOf>)[claim.name]?.(signedIn, claim);
    if (value !== undefined) claims[claim.name] = value;
  }
  return claims;
}

/** Of a guest only by an additional property: the name in this tenant, with or without its hash marks. */
function upnClaim({ user }: SignedIn, { additionalProperties = [] }: OptionalClaim): string | undefined {
  if (user.userType !== 'Guest') return user.userPrincipalName;
  if (additionalProperties.includes('include_externally_authenticated_upn_without_hash')) {
    return user.userPrincipalName.replaceAll('#', '_');
  }
  return additionalProperties.includes('include_externally_authenticated_upn') ? user.userPrincipalName : undefined;
}
