import { randomBytes } from 'node:crypto';
import { EntraError } from '../errors/entra-error.ts';
import type { CodeChallenge } from './code-challenge.ts';

/** What a person has granted to an application by signing in. */
export interface AuthorizationGrant {
  readonly appId: string;
  readonly redirectUri: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly scopes: readonly string[];
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

interface IssuedCode {
  readonly grant: AuthorizationGrant;
  readonly issuedAt: number;
  redeemed: boolean;
}

export function createAuthorizationCodes(clock: () => Date): AuthorizationCodes {
  const issued = new Map<string, IssuedCode>();

  return {
    issue(grant) {
      const now = clock().getTime();
      for (const [code, { issuedAt }] of issued) if (now - issuedAt > REMEMBERED_MS) issued.delete(code);
      const code = `1.${randomBytes(64).toString('base64url')}`;
      issued.set(code, { grant, issuedAt: now, redeemed: false });
      return code;
    },
    find(code) {
      const found = issued.get(code);
      if (found === undefined) throw new EntraError(70000, 'Provided grant is invalid or malformed.');
      if (found.redeemed) {
        throw new EntraError(
          54005,
          'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
        );
      }
      if (clock().getTime() - found.issuedAt > LIFETIME_MS) {
        throw new EntraError(
          70008,
          'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
        );
      }
      return found.grant;
    },
    markRedeemed(code) {
      const found = issued.get(code);
      if (found !== undefined) found.redeemed = true;
    },
  };
}
