import type { FastifyInstance } from 'fastify';
import type { PlannedFailures } from '../control/planned-failures.ts';
import { EntraError, notEmulated } from '../errors/entra-error.ts';
import { bodyParameters, required } from '../request/parameters.ts';
import { resolveAuthority } from '../tenants/authority.ts';
import { authenticateClient, type ClientAuthenticationDeps } from './client-authentication.ts';
import type { Grant } from './token-request.ts';

export interface TokenRoutesDeps extends ClientAuthenticationDeps {
  readonly grants: ReadonlyMap<string, Grant>;
  readonly failures: PlannedFailures;
}

/** The token endpoint. */
export function tokenRoutes(server: FastifyInstance, deps: TokenRoutesDeps): void {
  server.post<{ Params: { tenant: string } }>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    deps.failures.meet('token');
    const authority = resolveAuthority(deps.tenants, request.params.tenant);
    const body = bodyParameters(request);
    const grant = grantOf(deps.grants, required(body, 'grant_type'));
    const client = await authenticateClient(deps, authority, request.headers.authorization, body);
    // RFC 6749, 5.1: answers that carry tokens are not stored.
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    return grant({ authority, client, body });
  });

  server.get('/:tenant/oauth2/v2.0/token', () => {
    throw new EntraError(900561, 'The endpoint only accepts POST requests. Received a GET request.');
  });
}

function grantOf(grants: ReadonlyMap<string, Grant>, grantType: string): Grant {
  const grant = grants.get(grantType);
  if (grant !== undefined) return grant;
  if (LACKING.has(grantType)) throw notEmulated(`The grant type '${grantType}' is not emulated.`);
  throw new EntraError(70003, `The app requested an unsupported grant type '${grantType}'.`);
}

/** What Entra has beside these. */
const LACKING = new Set([
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
]);
