import { EntraError } from '../errors/entra-error.ts';
import { required } from '../request/parameters.ts';
import { GRAPH_AUDIENCE, TOKEN_LIFETIME, type TokenIssuer } from './token-issuer.ts';
import type { Grant } from './token-request.ts';

/** Graph's application id, which names it as well as its address does. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

export interface ClientCredentialsDeps {
  readonly issuer: TokenIssuer;
  /** Origins that are this emulator, and so name its Graph. */
  readonly origins: () => readonly string[];
}

/** A token for the application itself. No refresh token: the credential is one. */
export function clientCredentialsGrant({ issuer, origins }: ClientCredentialsDeps): Grant {
  return async ({ authority, client, body }) => {
    if (authority.kind === 'shared') throw needsTenant(authority.name);
    checkResource(resourceOf(required(body, 'scope')), [GRAPH_AUDIENCE, GRAPH_APP_ID, ...origins()]);
    if (client.credential === 'none') {
      throw new EntraError(
        7000218,
        `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
      );
    }
    const access_token = await issuer.applicationToken(client.application, client.credential);
    return { token_type: 'Bearer', expires_in: TOKEN_LIFETIME, ext_expires_in: TOKEN_LIFETIME, access_token };
  };
}

function needsTenant(name: 'common' | 'organizations'): EntraError {
  return name === 'common'
    ? new EntraError(
        9001023,
        `The grant type 'client_credentials' is not supported over the /common or /consumers endpoints. Please use the ` +
          `/organizations or tenant-specific endpoint.`,
      )
    : new EntraError(
        50059,
        `No tenant-identifying information found in either the request or implied by any provided credentials.`,
      );
}

/** The client credentials grant takes one scope: everything granted at one resource. */
function resourceOf(scope: string): string {
  const resource = /^(\S+)\/\.default$/.exec(scope)?.[1];
  if (resource !== undefined) return resource;
  throw new EntraError(
    70011,
    `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid. Client credential ` +
      `flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  );
}

function checkResource(resource: string, known: readonly string[]): void {
  // "https://graph.microsoft.com//.default" is a common slip that Entra allows.
  if (known.includes(resource.replace(/\/$/, ''))) return;
  throw new EntraError(
    500011,
    `The resource principal named ${resource} was not found in the tenant. This can happen if the application has not ` +
      `been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  );
}
