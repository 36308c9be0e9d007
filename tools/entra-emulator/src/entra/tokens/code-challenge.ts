import { createHash } from 'node:crypto';
import { EntraError } from '../errors/entra-error.ts';
import type { Parameters } from '../request/parameters.ts';

/** The challenge of RFC 7636, 4.2. */
export interface CodeChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

/** @throws EntraError 50149 for an unknown method, 501491 for a length that RFC 7636, 4.2 excludes. */
export function readCodeChallenge(parameters: Parameters): CodeChallenge | undefined {
  const value = parameters.get('code_challenge');
  if (value === undefined) return undefined;
  const method = parameters.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') {
    throw new EntraError(50149, 'Invalid Code_Challenge_method parameter.');
  }
  if (value.length < 43 || value.length > 128) {
    throw new EntraError(501491, 'Invalid size of Code_Challenge parameter.');
  }
  return { value, method };
}

/** @throws EntraError 50148 when the verifier is missing, 501481 when it is not the challenge's. */
export function checkCodeVerifier(challenge: CodeChallenge | undefined, verifier: string | undefined): void {
  if (challenge === undefined) return;
  if (verifier === undefined) {
    throw new EntraError(
      50148,
      'The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.',
    );
  }
  const answer = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (answer === challenge.value) return;
  throw new EntraError(
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  );
}
