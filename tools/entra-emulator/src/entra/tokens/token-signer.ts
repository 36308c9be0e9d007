import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { TokenDefect, TokenDefects, TokenKind } from '../control/token-defects.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';

/** Signs tokens, and spoils those that are to be spoilt. */
export interface TokenSigner {
  sign(kind: TokenKind, appId: string, claims: JWTPayload): Promise<string>;
}

const DAY_SECONDS = 86_400;

export function createTokenSigner(keys: Pick<SigningKeys, 'sign'>, defects: TokenDefects): TokenSigner {
  return {
    async sign(kind, appId, claims) {
      const defect = defects.take(kind, appId);
      if (defect === undefined) return keys.sign(claims);
      const spoilt = spoiltClaims(claims, defect);
      if (defect === 'alg-none') return unsigned(spoilt);
      if (defect === 'unknown-kid') return keys.sign(spoilt, { kid: randomUUID() });
      const token = await keys.sign(spoilt);
      return defect === 'bad-signature' ? withBadSignature(token) : token;
    },
  };
}

function spoiltClaims(claims: JWTPayload, defect: TokenDefect): JWTPayload {
  if (defect === 'wrong-issuer') return { ...claims, iss: (claims.iss ?? '').replace(/[0-9a-f-]{36}/, randomUUID()) };
  if (defect === 'wrong-audience') return { ...claims, aud: randomUUID() };
  if (defect === 'wrong-nonce') return { ...claims, nonce: randomUUID() };
  if (defect === 'expired') return shifted(claims, -DAY_SECONDS);
  if (defect === 'not-yet-valid') return shifted(claims, DAY_SECONDS);
  if (!defect.startsWith('missing:')) return claims;
  const missing = defect.slice('missing:'.length);
  return Object.fromEntries(Object.entries(claims).filter(([name]) => name !== missing));
}

function shifted(claims: JWTPayload, seconds: number): JWTPayload {
  const { iat = 0, nbf = 0, exp = 0 } = claims;
  return { ...claims, iat: iat + seconds, nbf: nbf + seconds, exp: exp + seconds };
}

function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.`;
}

/** Changes a character in the middle: the last one may carry bits that nobody reads. */
function withBadSignature(token: string): string {
  const at = token.lastIndexOf('.') + 100;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}
