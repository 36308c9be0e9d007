import { EntraError } from '../errors/entra-error.ts';
import type { ClaimsRequest } from '../scopes/claims-request.ts';
import type { CodeChallenge } from './code-challenge.ts';
import { OpaqueTokens } from './opaque-tokens.ts';
import type { SignInGrant } from './sign-in-grant.ts';

/** A sign-in that waits for its application to fetch the tokens. */
export interface AuthorizationGrant extends SignInGrant {
  /** The tenant that the request named; undefined for an endpoint that tenants share. */
  readonly askedTenantId: string | undefined;
  readonly redirectUri: string;
  readonly claims: ClaimsRequest;
  readonly nonce?: string;
  readonly codeChallenge?: CodeChallenge;
}

export interface AuthorizationCodes {
  issue(grant: AuthorizationGrant): string;
  /** @throws EntraError 70000 for an unknown code, 70008 for one too old, 54005 for one already redeemed. */
  find(code: string): AuthorizationGrant;
  markRedeemed(code: string): void;
}

const LIFETIME_MS = 10 * 60_000;
/** Redeemed and late codes are remembered, so that they are refused by the right number. */
const REMEMBERED_MS = 24 * 3_600_000;

export function createAuthorizationCodes(clock: () => Date): AuthorizationCodes {
  const codes = new OpaqueTokens<AuthorizationGrant>(clock, REMEMBERED_MS);
  const redeemed = new WeakSet<AuthorizationGrant>();
  return {
    issue: (grant) => codes.issue(grant),
    find(code) {
      const found = codes.find(code);
      if (found === undefined) throw new EntraError(70000);
      if (redeemed.has(found.value)) throw new EntraError(54005);
      if (clock().getTime() - found.issuedAt > LIFETIME_MS) throw new EntraError(70008);
      return found.value;
    },
    markRedeemed(code) {
      const found = codes.find(code);
      if (found !== undefined) redeemed.add(found.value);
    },
  };
}
