import { EntraError, notEmulated } from '../errors/entra-error.ts';
import type { DirectoryView } from '../ports.ts';
import type { Tenants } from './tenants.ts';

/** What the first segment of an address names: one tenant, or an endpoint that tenants share. */
export type Authority =
  | { readonly kind: 'tenant'; readonly directory: DirectoryView }
  | { readonly kind: 'shared'; readonly name: 'common' | 'organizations' };

/** The issuer of personal accounts, whose tenant is the same everywhere. */
export const CONSUMER_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds the tenant by its id or by a verified domain.
 * @throws EntraError 90002 for an unknown tenant, 900023 for what can be no tenant's name.
 */
export function resolveAuthority(tenants: Tenants, segment: string): Authority {
  const name = segment.toLowerCase();
  if (name === 'common' || name === 'organizations') return { kind: 'shared', name };
  if (name === 'consumers' || name === CONSUMER_TENANT) {
    throw notEmulated('Personal Microsoft accounts (consumers) are not emulated.');
  }
  const directory = tenants.named(name);
  if (directory !== undefined) return { kind: 'tenant', directory };
  throw unknownTenant(segment);
}

function unknownTenant(segment: string): EntraError {
  if (!GUID.test(segment) && !segment.includes('.')) {
    return new EntraError(
      900023,
      `Specified tenant identifier '${segment}' is neither a valid DNS name, nor a valid external domain.`,
    );
  }
  return new EntraError(
    90002,
    `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct ` +
      `cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the ` +
      `tenant.`,
  );
}
