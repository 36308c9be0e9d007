import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { AccessToken } from '../ports.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { GRAPH_AUDIENCE } from '../scopes/scopes.ts';
import { graphIssuer } from './token-issuer.ts';
import type { TokenGeneration } from './token-generation.ts';

export interface AccessTokenVerifierDeps {
  readonly knowsTenant: (tenantId: string) => boolean;
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly generation: TokenGeneration;
  readonly clock: () => Date;
}

interface Verified {
  readonly token: AccessToken;
  readonly kid: string | undefined;
  readonly generation: unknown;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
}

/** A caller uses a token many times; its signature is checked once. */
const REMEMBERED = 10_000;

/** Checks signature, issuer, audience and lifetime. Rejects with a jose error when one of them is wrong. */
export function createAccessTokenVerifier(deps: AccessTokenVerifierDeps): (token: string) => Promise<AccessToken> {
  const remembered = new Map<string, Verified>();
  return async (token) => {
    const known = remembered.get(token);
    if (known !== undefined && stillHolds(deps, known)) return known.token;
    const verified = await verify(deps, token);
    remembered.delete(token);
    remembered.set(token, verified);
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return verified.token;
  };
}

/** What may have changed since: the clock, the keys, and whether tokens were told to expire. */
function stillHolds({ keys, generation, clock }: AccessTokenVerifierDeps, verified: Verified): boolean {
  const now = clock().getTime();
  return (
    verified.generation === generation.current() &&
    now >= verified.notBefore &&
    now < verified.token.expiresAt &&
    keys.find(verified.kid) !== undefined
  );
}

async function verify(deps: AccessTokenVerifierDeps, token: string): Promise<Verified> {
  const { payload, protectedHeader } = await jwtVerify(
    token,
    ({ kid }) => deps.keys.find(kid) ?? Promise.reject(new errors.JWKSNoMatchingKey()),
    {
      algorithms: ['RS256'],
      audience: GRAPH_AUDIENCE,
      currentDate: deps.clock(),
      requiredClaims: ['exp', 'nbf', 'tid'],
    },
  );
  checkIssuer(deps, payload);
  if (payload['rh'] !== deps.generation.current()) throw new errors.JWTExpired('the token was told to expire', payload);
  return {
    token: accessTokenOf(payload),
    kid: protectedHeader.kid,
    generation: payload['rh'],
    notBefore: (payload.nbf ?? 0) * 1000,
  };
}

function checkIssuer({ knowsTenant }: AccessTokenVerifierDeps, payload: JWTPayload): void {
  const tenantId = String(payload['tid']);
  if (payload.iss === graphIssuer(tenantId) && knowsTenant(tenantId)) return;
  throw new errors.JWTClaimValidationFailed('unexpected issuer', payload, 'iss', 'check_failed');
}

function accessTokenOf(payload: JWTPayload): AccessToken {
  const { tid, appid, roles, scp, oid, exp = 0 } = payload;
  const delegated = typeof scp === 'string';
  return {
    tenantId: String(tid),
    appId: String(appid),
    roles: Array.isArray(roles) ? roles.map(String) : [],
    scopes: delegated ? scp.split(' ').filter((scope) => scope !== '') : [],
    expiresAt: exp * 1000,
    ...(delegated && typeof oid === 'string' ? { userId: oid } : {}),
  };
}
