import type { Tenant } from '../entra/ports.ts';

/** Whether a user principal name ends in a domain of the tenant. A guest's `a_b.org#EXT#@tenant` does so too. */
export function hasVerifiedDomain(userPrincipalName: string, tenant: Tenant): boolean {
  const at = userPrincipalName.lastIndexOf('@');
  if (at < 1) return false;
  const domain = userPrincipalName.slice(at + 1).toLowerCase();
  return tenant.verifiedDomains.some((verified) => verified.name.toLowerCase() === domain);
}
