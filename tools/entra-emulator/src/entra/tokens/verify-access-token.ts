import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { AccessToken } from '../ports.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { GRAPH_AUDIENCE, graphIssuer } from './token-issuer.ts';

export interface AccessTokenVerifierDeps {
  readonly tenantId: () => string;
  readonly keys: Pick<SigningKeys, 'find'>;
  readonly clock: () => Date;
}

/** Checks signature, issuer, audience and lifetime. Rejects with a jose error when one of them is wrong. */
export function createAccessTokenVerifier({ tenantId, keys, clock }: AccessTokenVerifierDeps) {
  return async (token: string): Promise<AccessToken> => {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => keys.find(kid) ?? Promise.reject(new errors.JWKSNoMatchingKey()),
      { algorithms: ['RS256'], audience: GRAPH_AUDIENCE, issuer: graphIssuer(tenantId()), currentDate: clock() },
    );
    return accessTokenOf(payload);
  };
}

function accessTokenOf(payload: JWTPayload): AccessToken {
  const { tid, appid, roles, scp, oid } = payload;
  const delegated = typeof scp === 'string';
  return {
    tenantId: String(tid),
    appId: String(appid),
    roles: Array.isArray(roles) ? roles.map(String) : [],
    scopes: delegated ? scp.split(' ').filter((scope) => scope !== '') : [],
    ...(delegated && typeof oid === 'string' ? { userId: oid } : {}),
  };
}
