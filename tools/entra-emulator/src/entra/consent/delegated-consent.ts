import { EntraError } from '../errors/entra-error.ts';
import type { Application, DirectoryView, EntraUser, ServicePrincipal } from '../ports.ts';
import { needsAdministrator } from '../scopes/delegated-permissions.ts';

/** Those of the permissions that neither the person nor an administrator has granted. */
export function missingConsent(
  principal: ServicePrincipal | undefined,
  userId: string,
  permissions: readonly string[],
): readonly string[] {
  const granted = new Set([...(principal?.scopes ?? []), ...(principal?.userScopes.get(userId) ?? [])]);
  return permissions.filter((permission) => !granted.has(permission));
}

/** @throws EntraError 65001 when something is missing. */
export function checkConsent(
  application: Application,
  principal: ServicePrincipal | undefined,
  userId: string,
  permissions: readonly string[],
): void {
  if (principal !== undefined && missingConsent(principal, userId, permissions).length === 0) return;
  throw new EntraError(
    65001,
    `The user or administrator has not consented to use the application with ID '${application.appId}' named ` +
      `'${application.displayName}'. Send an interactive authorization request for this user and resource.`,
  );
}

/**
 * Whether the person may grant these permissions; an administrator may grant any.
 * @throws EntraError 90094, or 90095 in a tenant where approval can be asked for.
 */
export function checkMayConsent(directory: DirectoryView, user: EntraUser, permissions: readonly string[]): void {
  if (directory.isAdministrator(user.id)) return;
  const { userConsent = true, adminConsentRequests = false } = directory.policies();
  if (userConsent && !permissions.some(needsAdministrator)) return;
  throw new EntraError(adminConsentRequests ? 90095 : 90094);
}
