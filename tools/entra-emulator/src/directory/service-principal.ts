import type { Application } from '../entra/application.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';
import type { JsonObject } from '../json.ts';

/** The id of an application's service principal in a tenant: who acts when no user does. */
export function servicePrincipalId(tenantId: string, appId: string): string {
  return stableGuid('servicePrincipal', tenantId, appId.toLowerCase());
}

/** What the service principal of an application reads as. `ownerId` is the tenant where the application is registered. */
export function describeServicePrincipal(
  ownerId: string,
  {
    appId,
    displayName,
    signInAudience = 'AzureADMyOrg',
  }: Pick<Application, 'appId' | 'displayName' | 'signInAudience'>,
): JsonObject {
  return {
    accountEnabled: true,
    appDisplayName: displayName,
    appId,
    appOwnerOrganizationId: ownerId,
    appRoleAssignmentRequired: false,
    displayName,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
    signInAudience,
  };
}
