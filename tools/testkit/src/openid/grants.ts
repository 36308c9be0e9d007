import { createHash, randomBytes } from 'node:crypto';

export type Claims = Record<string, unknown>;

/** The code of one authorization, as the server remembers it. */
export interface Grant {
  readonly tenantId: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly person: Claims;
}

/** Codes, each good once, for whoever has the verifier. */
export interface Grants {
  /** Plays the person at the authorize page: gives the address to go back to. */
  authorize(authorizationUrl: string, person: Claims): string;
  redeem(form: URLSearchParams): Grant | undefined;
}

export function createGrants(): Grants {
  const grants = new Map<string, Grant>();
  return {
    authorize: (authorizationUrl, person) => {
      const { pathname, searchParams } = new URL(authorizationUrl);
      const of = (name: string) => searchParams.get(name) ?? '';
      const code = randomBytes(16).toString('hex');
      const tenantId = pathname.split('/')[1] ?? '';
      grants.set(code, { tenantId, nonce: of('nonce'), challenge: of('code_challenge'), person });
      return `${of('redirect_uri')}?${new URLSearchParams({ code, state: of('state'), session_state: 's' }).toString()}`;
    },
    redeem: (form) => {
      const code = form.get('code') ?? '';
      const grant = grants.get(code);
      grants.delete(code);
      const verifier = form.get('code_verifier') ?? '';
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      return grant?.challenge === challenge ? grant : undefined;
    },
  };
}
