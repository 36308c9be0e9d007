import type { PublishedKey, SigningKeys } from '../keys/signing-keys.ts';
import { graphIssuer } from '../tokens/token-issuer.ts';
import type { Authority } from '../tenants/authority.ts';
import { openIdConfiguration, type Doors } from './metadata.ts';

/** The document by which v1 tokens are checked, as Graph's access tokens are. Its other endpoints are not emulated. */
export function v1OpenIdConfiguration(doors: Doors, authority: Authority): object {
  const segment = authority.kind === 'tenant' ? authority.directory.tenant.id : authority.name;
  const calls = `${doors.httpsUrl()}/${segment}`;
  return {
    ...openIdConfiguration(doors, authority),
    token_endpoint: `${calls}/oauth2/token`,
    jwks_uri: `${doors.httpsUrl()}/common/discovery/keys`,
    scopes_supported: ['openid'],
    issuer: graphIssuer(authority.kind === 'tenant' ? authority.directory.tenant.id : '{tenantid}'),
    microsoft_multi_refresh_token: true,
    authorization_endpoint: `${calls}/oauth2/authorize`,
    device_authorization_endpoint: `${calls}/oauth2/devicecode`,
    end_session_endpoint: `${calls}/oauth2/logout`,
    userinfo_endpoint: `${calls}/openid/userinfo`,
  };
}

/** The same keys; those of v1 name no issuer. */
export function v1KeySet({ published }: SigningKeys): { keys: readonly PublishedKey[] } {
  return { keys: published };
}
