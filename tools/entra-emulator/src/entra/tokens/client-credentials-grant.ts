import { EntraError, notEmulated } from '../errors/entra-error.ts';
import { required } from '../request/parameters.ts';
import { GRAPH_APP_ID, GRAPH_AUDIENCE, invalidScope } from '../scopes/scopes.ts';
import { installedIn } from '../tenants/clients.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { TOKEN_LIFETIME, type TokenIssuer } from './token-issuer.ts';
import type { Grant } from './token-request.ts';

export interface ClientCredentialsDeps {
  readonly tenants: Tenants;
  readonly issuer: TokenIssuer;
  /** Origins that are this emulator, and so name its Graph. */
  readonly origins: () => readonly string[];
}

/** A token for the application itself. No refresh token: the credential is one. */
export function clientCredentialsGrant({ tenants, issuer, origins }: ClientCredentialsDeps): Grant {
  return async ({ authority, client, body }) => {
    if (authority.kind === 'shared') throw needsTenant(authority.name);
    const { directory } = authority;
    const resource = resourceOf(required(body, 'scope'));
    if (client.credential === 'none') throw new EntraError(7000218);
    checkResource(tenants, directory.tenant.displayName, resource, origins());
    const principal = installedIn(directory, client.application);
    const access_token = await issuer.applicationToken(directory, principal, client.credential);
    return { token_type: 'Bearer', expires_in: TOKEN_LIFETIME, ext_expires_in: TOKEN_LIFETIME, access_token };
  };
}

function needsTenant(name: 'common' | 'organizations'): EntraError {
  if (name === 'organizations') return new EntraError(50059);
  return new EntraError(
    9001023,
    `The grant type 'client_credentials' is not supported over the /common or /consumers endpoints. Please use the ` +
      `/organizations or tenant-specific endpoint.`,
  );
}

/** The client credentials grant takes one scope: everything granted at one resource. */
function resourceOf(scope: string): string {
  const resource = /^(\S+)\/\.default$/.exec(scope)?.[1];
  if (resource !== undefined) return resource;
  throw invalidScope(
    scope,
    ' Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ' +
      'ID URI).',
  );
}

function checkResource(tenants: Tenants, tenantName: string, resource: string, origins: readonly string[]): void {
  // "https://graph.microsoft.com//.default" is a common slip that Entra allows.
  const name = resource.replace(/\/$/, '');
  if ([GRAPH_AUDIENCE, GRAPH_APP_ID, ...origins].includes(name)) return;
  if (tenants.registration(name.replace(/^api:\/\//, '')) !== undefined) {
    throw notEmulated('Access tokens for other resources than Graph are not emulated.');
  }
  throw new EntraError(
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${tenantName}. This can happen if the ` +
      `application has not been installed by the administrator of the tenant or consented to by any user in the tenant. ` +
      `You might have sent your authentication request to the wrong tenant.`,
  );
}
