import { isMultiTenant } from '../application.ts';
import { EntraError } from '../errors/entra-error.ts';
import type { Application, DirectoryView, Registration, ServicePrincipal } from '../ports.ts';
import type { Authority } from './authority.ts';
import type { Tenants } from './tenants.ts';

/**
 * The application that a request to an authority means: one of the tenant, or one that people of any may use.
 * @throws EntraError 700016 when there is none.
 */
export function clientAt(tenants: Tenants, authority: Authority, appId: string): Registration {
  const found = tenants.registration(appId);
  if (found === undefined) throw unknownApplication(appId, nameOf(authority));
  if (authority.kind === 'tenant' && found.home !== authority.directory && !isMultiTenant(found.application)) {
    throw unknownApplication(appId, nameOf(authority));
  }
  return found;
}

/** @throws EntraError 50194 when an application of one tenant is used at an endpoint that tenants share. */
export function checkAudience(authority: Authority, application: Application): void {
  if (authority.kind === 'tenant' || isMultiTenant(application)) return;
  const { appId, displayName } = application;
  throw new EntraError(
    50194,
    `Application '${appId}'(${displayName}) is not configured as a multi-tenant application. Usage of the ` +
      `/${authority.name} endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific ` +
      `endpoint or configure the application to be multi-tenant.`,
  );
}

/** @throws EntraError 700016 when the application is not installed in the tenant, 7000112 when it is switched off there. */
export function installedIn(directory: DirectoryView, { appId }: Application): ServicePrincipal {
  const principal = directory.servicePrincipal(appId);
  if (principal === undefined) throw unknownApplication(appId, directory.tenant.displayName);
  checkEnabled(principal);
  return principal;
}

/** @throws EntraError 7000112 when the application is switched off in the tenant. */
export function checkEnabled({ appId, displayName, accountEnabled }: ServicePrincipal): void {
  if (!accountEnabled) throw new EntraError(7000112, `Application '${appId}'(${displayName}) is disabled.`);
}

function nameOf(authority: Authority): string {
  return authority.kind === 'tenant' ? authority.directory.tenant.displayName : 'Microsoft Accounts';
}

function unknownApplication(appId: string, directoryName: string): EntraError {
  return new EntraError(
    700016,
    `Application with identifier '${appId}' was not found in the directory '${directoryName}'. This can happen if the ` +
      `application has not been installed by the administrator of the tenant or consented to by any user in the tenant. ` +
      `You may have sent your authentication request to the wrong tenant.`,
  );
}
