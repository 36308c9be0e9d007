import { EntraError } from '../errors/entra-error.ts';
import { OpaqueTokens, type Issued } from './opaque-tokens.ts';
import type { SignInGrant } from './sign-in-grant.ts';

export interface RefreshTokens {
  issue(grant: SignInGrant): string;
  /** @throws EntraError 70000 for an unknown token, 700082 for one that was not used for too long. */
  find(token: string): Issued<SignInGrant>;
  /** Remembers all of them. Returns the function that brings them back, and no others. */
  snapshot(): () => void;
}

/** Each use gives a new token; the old one stays good until it is this old. */
const LIFETIME_MS = 90 * 86_400_000;

export function createRefreshTokens(clock: () => Date): RefreshTokens {
  const tokens = new OpaqueTokens<SignInGrant>(clock, 2 * LIFETIME_MS);
  return {
    issue: (grant) => tokens.issue(grant),
    snapshot: () => tokens.snapshot(),
    find(token) {
      const found = tokens.find(token);
      if (found === undefined) throw new EntraError(70000);
      if (clock().getTime() - found.issuedAt <= LIFETIME_MS) return found;
      const issueDate = new Date(found.issuedAt).toISOString().replace('Z', '0000Z');
      throw new EntraError(
        700082,
        `The refresh token has expired due to inactivity. The token was issued on ${issueDate} and was inactive for ` +
          `90.00:00:00.`,
      );
    },
  };
}
