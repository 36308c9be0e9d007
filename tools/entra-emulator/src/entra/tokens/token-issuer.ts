import { createHash, randomBytes } from 'node:crypto';
import type { Application, DirectoryView, EntraUser, ServicePrincipal } from '../ports.ts';
import type { ClaimsRequest } from '../scopes/claims-request.ts';
import { GRAPH_AUDIENCE, type Scopes } from '../scopes/scopes.ts';
import type { Account } from '../sign-in/accounts.ts';
import { groupClaims } from './group-claims.ts';
import { optionalClaims } from './optional-claims.ts';
import type { TokenGeneration } from './token-generation.ts';
import type { TokenSigner } from './token-signer.ts';
import { homeClaims, pairwiseSubject, subjectClaims } from './user-claims.ts';

/** Seconds; Entra draws 60 to 90 minutes, its documents show this. */
export const TOKEN_LIFETIME = 3599;
/** Entra dates its tokens five minutes back, so that a client whose clock is slow accepts them at once. */
const BACKDATED = 300;

/** How a client proved itself, as the `appidacr` claim counts it. */
export type Credential = 'none' | 'secret' | 'certificate';
const CREDENTIAL_CLASS: Record<Credential, string> = { none: '0', secret: '1', certificate: '2' };

export interface TokenIssuerDeps {
  /** Of v2 tokens, by tenant id. */
  readonly issuer: (tenantId: string) => string;
  /** Where Graph is. */
  readonly graphUrl: () => string;
  readonly signer: TokenSigner;
  readonly generation: TokenGeneration;
  readonly clock: () => Date;
}

/** A person who is signed in to an application in a tenant. */
export interface SignedIn {
  readonly directory: DirectoryView;
  readonly application: Application;
  readonly user: EntraUser;
  readonly account: Account;
  readonly sessionId: string;
  readonly scopes: Scopes;
  readonly claims: ClaimsRequest;
  /** Milliseconds since 1970. */
  readonly authenticatedAt: number;
  readonly mfa: boolean;
  readonly nonce?: string;
}

/** How an id_token travels: from the token endpoint, or beside a code or alone from the authorization endpoint. */
export type IdTokenFlow =
  { readonly kind: 'token-endpoint' } | { readonly kind: 'front-channel'; readonly code?: string };

/** Makes the platform's tokens. */
export interface TokenIssuer {
  /** An access token for Graph that speaks for the application itself, with the permissions granted to it. */
  applicationToken(directory: DirectoryView, principal: ServicePrincipal, credential: Credential): Promise<string>;
  /** An access token for Graph that speaks for a person through the application. */
  delegatedToken(signedIn: SignedIn, credential: Credential): Promise<string>;
  /** The v2 id_token. */
  idToken(signedIn: SignedIn, flow: IdTokenFlow): Promise<string>;
}

export function createTokenIssuer({ issuer, graphUrl, signer, generation, clock }: TokenIssuerDeps): TokenIssuer {
  const times = () => {
    const now = Math.floor(clock().getTime() / 1000);
    return { iat: now - BACKDATED, nbf: now - BACKDATED, exp: now + TOKEN_LIFETIME };
  };
  const access = (tenantId: string, { appId, displayName }: Pick<Application, 'appId' | 'displayName'>) => ({
    aud: GRAPH_AUDIENCE,
    iss: graphIssuer(tenantId),
    ...times(),
    app_displayname: displayName,
    appid: appId,
    idp: graphIssuer(tenantId),
    rh: generation.current(),
    tid: tenantId,
    uti: uniqueTokenId(),
    ver: '1.0',
  });

  return {
    applicationToken({ tenant }, principal, credential) {
      const { id: oid, appId, appRoles } = principal;
      const roles = appRoles.length > 0 ? { roles: [...appRoles] } : {};
      const appidacr = CREDENTIAL_CLASS[credential];
      const claims = { ...access(tenant.id, principal), appidacr, idtyp: 'app', oid, sub: oid, ...roles };
      return signer.sign('access_token', appId, claims);
    },
    delegatedToken({ directory, application, user, account, sessionId, scopes, claims, mfa }, credential) {
      return signer.sign('access_token', application.appId, {
        ...access(directory.tenant.id, application),
        ...homeClaims(directory, user, account),
        amr: mfa ? ['pwd', 'mfa'] : ['pwd'],
        appidacr: CREDENTIAL_CLASS[credential],
        idtyp: 'user',
        name: user.displayName,
        oid: user.id,
        scp: scopes.permissions.filter((permission) => permission !== 'offline_access').join(' '),
        sid: sessionId,
        sub: pairwiseSubject(directory.tenant.id, application.appId, user.id),
        unique_name: user.userPrincipalName,
        upn: user.userPrincipalName,
        ...(claims.capabilities.length > 0 ? { xms_cc: [...claims.capabilities] } : {}),
      });
    },
    idToken(signedIn, flow) {
      const { directory, application, user, account, nonce } = signedIn;
      return signer.sign('id_token', application.appId, {
        aud: application.appId,
        iss: issuer(directory.tenant.id),
        ...times(),
        ...(flow.kind === 'front-channel' && flow.code !== undefined ? { c_hash: codeHash(flow.code) } : {}),
        ...groupClaims(signedIn, flow, graphUrl()),
        ...homeClaims(directory, user, account),
        ...subjectClaims(signedIn),
        ...optionalClaims(signedIn),
        ...(nonce === undefined ? {} : { nonce }),
        rh: generation.current(),
        sub: pairwiseSubject(directory.tenant.id, application.appId, user.id),
        tid: directory.tenant.id,
        uti: uniqueTokenId(),
        ver: '2.0',
      });
    },
  };
}

/** Graph's tokens are v1 tokens, whose issuer is not the OpenID one. */
export function graphIssuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

/** OpenID Connect Core, 3.3.2.11: the left half of the hash. */
function codeHash(code: string): string {
  return createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url');
}

function uniqueTokenId(): string {
  return randomBytes(16).toString('base64url');
}
