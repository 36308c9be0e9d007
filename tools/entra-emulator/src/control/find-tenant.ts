import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import { refused } from './handlers.ts';

/** The tenant of an id, or the first. Throws an EmulatorError `command-refused` when there is none. */
export function findTenant(tenants: readonly GraphTenant[], tenantId: string | undefined): GraphTenant {
  const [first] = tenants;
  const wanted = tenantId?.toLowerCase();
  const found = wanted === undefined ? first : tenants.find(({ directory }) => directory.tenant.id === wanted);
  if (found === undefined) throw refused(`there is no tenant ${tenantId ?? ''}`);
  return found;
}
