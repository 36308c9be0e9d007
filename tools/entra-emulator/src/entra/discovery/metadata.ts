import { CONSUMER_TENANT, type Authority } from '../tenants/authority.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';

/** The doors: origins without a path. */
export interface Doors {
  httpUrl(): string;
  httpsUrl(): string;
}

/** The issuer of v2 tokens, by tenant id. */
export function issuerOf(doors: Pick<Doors, 'httpsUrl'>, tenantId: string): string {
  return `${doors.httpsUrl()}/${tenantId}/v2.0`;
}

/** `{tenantid}` where an endpoint is shared by all tenants. */
function issuerAt(doors: Doors, authority: Authority): string {
  return issuerOf(doors, authority.kind === 'tenant' ? authority.directory.tenant.id : '{tenantid}');
}

/**
 * The OpenID configuration. Pages that a browser opens are on the http door, because a browser does not know the
 * emulator's authority; what servers call is on the https door, because Microsoft's libraries insist on it.
 */
export function openIdConfiguration(doors: Doors, authority: Authority): object {
  const segment = authority.kind === 'tenant' ? authority.directory.tenant.id : authority.name;
  const [pages, calls] = [`${doors.httpUrl()}/${segment}`, `${doors.httpsUrl()}/${segment}`];
  return {
    token_endpoint: `${calls}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${calls}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    // Entra's own list; it refuses the implicit ones by AADSTS700054 unless the application allows them.
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerAt(doors, authority),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${doors.httpsUrl()}/oidc/userinfo`,
    authorization_endpoint: `${pages}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${calls}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${pages}/oauth2/v2.0/logout`,
    claims_supported: CLAIMS,
    kerberos_endpoint: `${calls}/kerberos`,
    tenant_region_scope: authority.kind === 'tenant' ? 'EU' : null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  };
}

/**
 * Each key with the issuer whose tokens it may sign: the template lets it sign for any tenant, a fixed issuer for that
 * one alone. Documents that tenants share have such a key too.
 */
export function keySet(doors: Doors, authority: Authority, { published, consumerKey }: SigningKeys): object {
  const keys = published.map((key) => ({ ...key, issuer: issuerAt(doors, authority) }));
  if (authority.kind === 'tenant') return { keys };
  return { keys: [...keys, { ...consumerKey, issuer: issuerOf(doors, CONSUMER_TENANT) }] };
}

const CLAIMS = [
  'sub',
  'iss',
  'cloud_instance_name',
  'cloud_instance_host_name',
  'cloud_graph_host_name',
  'msgraph_host',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'acr',
  'nonce',
  'preferred_username',
  'name',
  'tid',
  'ver',
  'at_hash',
  'c_hash',
  'email',
];
