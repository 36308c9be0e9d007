import type { FastifyInstance } from 'fastify';
import type { PlannedFailures } from '../control/planned-failures.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { resolveAuthority, type Authority } from '../tenants/authority.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { keySet, openIdConfiguration, type Doors } from './metadata.ts';
import { v1KeySet, v1OpenIdConfiguration } from './v1-metadata.ts';

export interface DiscoveryDeps {
  readonly tenants: Tenants;
  readonly doors: Doors;
  readonly keys: SigningKeys;
  readonly failures: PlannedFailures;
}

type TenantRoute = { Params: { tenant: string } };

/** Clients may keep these for a day, scripts of any page may read them. */
const CACHED = { 'cache-control': 'max-age=86400, private', 'access-control-allow-origin': '*' };

/** Discovery and keys, for a tenant by id or domain and for `common` and `organizations`; v1 tokens have their own. */
export function discoveryRoutes(server: FastifyInstance, { tenants, doors, keys, failures }: DiscoveryDeps): void {
  const documents = (path: string, document: (authority: Authority) => object) => {
    server.get<TenantRoute>(`/:tenant${path}/.well-known/openid-configuration`, (request, reply) => {
      failures.meet('discovery');
      reply.headers(CACHED);
      return document(resolveAuthority(tenants, request.params.tenant));
    });
  };
  const keySets = (path: string, set: (authority: Authority) => object) => {
    server.get<TenantRoute>(`/:tenant/discovery${path}/keys`, (request, reply) => {
      failures.meet('keys');
      reply.headers(CACHED);
      return set(resolveAuthority(tenants, request.params.tenant));
    });
  };
  documents('/v2.0', (authority) => openIdConfiguration(doors, authority));
  documents('', (authority) => v1OpenIdConfiguration(doors, authority));
  keySets('/v2.0', (authority) => keySet(doors, authority, keys));
  keySets('', () => v1KeySet(keys));
}
