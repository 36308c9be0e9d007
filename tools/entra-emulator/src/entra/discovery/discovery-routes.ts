import type { FastifyInstance } from 'fastify';
import type { PlannedFailures } from '../control/planned-failures.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';
import type { Tenant } from '../ports.ts';
import { notEmulated } from '../errors/entra-error.ts';
import { resolveAuthority } from '../tenants/authority.ts';
import { keySet, openIdConfiguration, type Doors } from './metadata.ts';

export interface DiscoveryDeps {
  readonly tenant: () => Tenant;
  readonly doors: Doors;
  readonly keys: SigningKeys;
  readonly failures: PlannedFailures;
}

type TenantRoute = { Params: { tenant: string } };

/** Discovery and keys, for a tenant by id or domain and for `common` and `organizations`. */
export function discoveryRoutes(server: FastifyInstance, { tenant, doors, keys, failures }: DiscoveryDeps): void {
  server.get<TenantRoute>('/:tenant/v2.0/.well-known/openid-configuration', (request) => {
    failures.meet('discovery');
    return openIdConfiguration(doors, resolveAuthority(tenant(), request.params.tenant));
  });
  server.get<TenantRoute>('/:tenant/discovery/v2.0/keys', (request) => {
    failures.meet('keys');
    return keySet(doors, resolveAuthority(tenant(), request.params.tenant), keys);
  });
  server.post<TenantRoute>('/:tenant/oauth2/v2.0/devicecode', () => {
    throw notEmulated('The device code flow is not emulated.');
  });
}
