import { randomBytes } from 'node:crypto';
import type { Application, EntraUser, Tenant } from '../ports.ts';
import { servicePrincipalId } from '../../directory/service-principal.ts';
import type { TokenGeneration } from './token-generation.ts';
import type { TokenSigner } from './token-signer.ts';
import { guestClaims, pairwiseSubject, subjectClaims } from './user-claims.ts';

/** The audience of every access token the emulator issues. */
export const GRAPH_AUDIENCE = 'https://graph.microsoft.com';
/** Seconds; Entra draws 60 to 90 minutes, its documents show this. */
export const TOKEN_LIFETIME = 3599;
/** Entra dates its tokens five minutes back, so that a client whose clock is slow accepts them at once. */
const BACKDATED = 300;

/** How a client proved itself, as the `appidacr` claim counts it. */
export type Credential = 'none' | 'secret' | 'certificate';
const CREDENTIAL_CLASS: Record<Credential, string> = { none: '0', secret: '1', certificate: '2' };

export interface TokenIssuerDeps {
  readonly tenant: () => Tenant;
  readonly issuer: () => string;
  readonly signer: TokenSigner;
  readonly generation: TokenGeneration;
  readonly clock: () => Date;
}

/** A signed-in user's part of a token request. */
export interface SignedInUser {
  readonly user: EntraUser;
  readonly sessionId: string;
  readonly scopes: readonly string[];
  readonly nonce?: string;
}

/** Makes the platform's tokens. */
export interface TokenIssuer {
  /** An access token for Graph that speaks for the application itself, with the permissions granted to it. */
  applicationToken(application: Application, credential: Credential): Promise<string>;
  /** An access token for Graph that speaks for a user through the application. */
  delegatedToken(application: Application, credential: Credential, signedIn: SignedInUser): Promise<string>;
  /** The v2 id_token. */
  idToken(application: Application, signedIn: SignedInUser): Promise<string>;
}

export function createTokenIssuer({ tenant, issuer, signer, generation, clock }: TokenIssuerDeps): TokenIssuer {
  const times = () => {
    const now = Math.floor(clock().getTime() / 1000);
    return { iat: now - BACKDATED, nbf: now - BACKDATED, exp: now + TOKEN_LIFETIME };
  };
  const access = (application: Application, credential: Credential) => ({
    aud: GRAPH_AUDIENCE,
    iss: graphIssuer(tenant().id),
    ...times(),
    app_displayname: application.displayName,
    appid: application.appId,
    appidacr: CREDENTIAL_CLASS[credential],
    idp: graphIssuer(tenant().id),
    rh: generation.current(),
    tid: tenant().id,
    uti: uniqueTokenId(),
    ver: '1.0',
  });

  return {
    applicationToken(application, credential) {
      const oid = servicePrincipalId(tenant().id, application.appId);
      const roles = application.appRoles.length > 0 ? { roles: [...application.appRoles] } : {};
      const claims = { ...access(application, credential), idtyp: 'app', oid, sub: oid, ...roles };
      return signer.sign('access_token', application.appId, claims);
    },
    delegatedToken(application, credential, { user, sessionId, scopes }) {
      return signer.sign('access_token', application.appId, {
        ...access(application, credential),
        ...guestClaims(user),
        idtyp: 'user',
        name: user.displayName,
        oid: user.id,
        scp: scopes.join(' '),
        sid: sessionId,
        sub: pairwiseSubject(tenant().id, application.appId, user.id),
        unique_name: user.userPrincipalName,
        upn: user.userPrincipalName,
      });
    },
    idToken(application, { user, sessionId, scopes, nonce }) {
      return signer.sign('id_token', application.appId, {
        aud: application.appId,
        iss: issuer(),
        ...times(),
        ...(nonce === undefined ? {} : { nonce }),
        ...guestClaims(user),
        ...subjectClaims(user, scopes),
        sid: sessionId,
        sub: pairwiseSubject(tenant().id, application.appId, user.id),
        tid: tenant().id,
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

function uniqueTokenId(): string {
  return randomBytes(16).toString('base64url');
}
