import type { Application, Tenant } from '../entra/ports.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';
import type { JsonObject } from '../json.ts';

/** The id of an application's service principal in a tenant: who acts when no user does. */
export function servicePrincipalId(tenantId: string, appId: string): string {
  return stableGuid('servicePrincipal', tenantId, appId);
}

/** What the service principal of an application reads as. */
export function describeServicePrincipal(tenant: Tenant, { appId, displayName }: Application): JsonObject {
  return {
    accountEnabled: true,
    appDisplayName: displayName,
    appId,
    appOwnerOrganizationId: tenant.id,
    appRoleAssignmentRequired: false,
    displayName,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
  };
}
