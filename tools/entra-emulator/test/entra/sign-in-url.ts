import { createHash } from 'node:crypto';
import { anApplication, CALLBACK, TENANT_ID } from './a-directory.ts';
import type { Doors } from './doors.ts';

export const VERIFIER = 'a-code-verifier-that-is-long-enough-for-rfc-7636-0123456789';

/** The address of a well-formed sign-in request; `undefined` leaves a parameter out. */
export function signInUrl(doors: Doors, changes: Record<string, string | undefined> = {}, tenant = TENANT_ID): string {
  const parameters = {
    client_id: anApplication().appId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile email',
    state: 'the state & more',
    nonce: 'the nonce',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries<string | undefined>(parameters).filter(([, value]) => value !== undefined);
  return `${doors.http}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams(given as [string, string][]).toString()}`;
}

/** The parameters of the answer at the end of a sign-in, be it in the query or in the fragment. */
export function answerIn(url: string): Record<string, string> {
  const { searchParams, hash } = new URL(url);
  return Object.fromEntries([...searchParams, ...new URLSearchParams(hash.slice(1))]);
}
