import { SIGN_IN_SCOPES, type Application, type ConsentGrant, type ServicePrincipal } from '../entra/application.ts';
import type { DirectoryObject } from './change.ts';
import type { Directory } from './directory.ts';
import type { ServicePrincipalEntry } from './directory-file.ts';
import type { DirectoryWrites } from './directory-writes.ts';
import { describeServicePrincipal, servicePrincipalId } from './service-principal.ts';

/** What applications may do in a tenant, and for whom; that they are there at all is in the directory. */
type Granted = Pick<ServicePrincipal, 'assignedTo' | 'appRoles' | 'scopes' | 'userScopes'>;

const NOTHING: Granted = { assignedTo: [], appRoles: [], scopes: [], userScopes: new Map() };

/** The tenant that the service principals are in. */
export interface PrincipalsTenant {
  readonly directory: Directory;
  readonly writes: Pick<DirectoryWrites, 'create' | 'update' | 'purge'>;
}

/**
 * What stands for applications in a tenant. Those of the tenant itself begin with the permissions that their registration
 * says are granted, those of other tenants with what the file says.
 */
export class ServicePrincipals {
  readonly #tenant: PrincipalsTenant;
  #granted = new Map<string, Granted>();
  readonly #revocationListeners = new Set<(appId: string) => void>();

  constructor(
    tenant: PrincipalsTenant,
    applications: readonly Application[],
    entries: readonly ServicePrincipalEntry[],
  ) {
    this.#tenant = tenant;
    for (const { appId, appRoles, requiredScopes = SIGN_IN_SCOPES } of applications) {
      this.#granted.set(keyOf(appId), { ...NOTHING, appRoles, scopes: requiredScopes });
    }
    for (const { appId, ...entry } of entries) {
      const before = this.#grantedTo(appId);
      const { assignedTo = [], appRoles = before.appRoles, scopes = before.scopes } = entry;
      this.#granted.set(keyOf(appId), { ...before, assignedTo, appRoles, scopes });
    }
  }

  find(appId: string): ServicePrincipal | undefined {
    const object = this.#objectOf(appId);
    if (object === undefined) return undefined;
    const { accountEnabled, appRoleAssignmentRequired } = object.properties;
    return {
      id: object.id,
      appId: text(object, 'appId'),
      displayName: text(object, 'displayName'),
      accountEnabled: accountEnabled !== false,
      appRoleAssignmentRequired: appRoleAssignmentRequired === true,
      ...this.#grantedTo(appId),
    };
  }

  /** Adds permissions to those granted, and installs the application of the tenant `ownerId` when it is not yet. */
  grant(application: Application, ownerId: string, { appRoles = [], scopes = [], userId }: ConsentGrant): void {
    this.#install(application, ownerId);
    const before = this.#grantedTo(application.appId);
    const own = userId === undefined ? [] : union(before.userScopes.get(userId) ?? [], scopes);
    this.#granted.set(keyOf(application.appId), {
      ...before,
      appRoles: union(before.appRoles, appRoles),
      scopes: userId === undefined ? union(before.scopes, scopes) : before.scopes,
      userScopes: userId === undefined ? before.userScopes : new Map([...before.userScopes, [userId, own]]),
    });
  }

  /** Takes every permission from an application. */
  revoke(appId: string): void {
    const { assignedTo } = this.#grantedTo(appId);
    this.#granted.set(keyOf(appId), { ...NOTHING, assignedTo });
    for (const listener of this.#revocationListeners) listener(appId);
  }

  /** Switches an application off, or on again: whether it is let in. Nothing happens to one that is not installed. */
  setEnabled(appId: string, accountEnabled: boolean): void {
    const object = this.#objectOf(appId);
    if (object !== undefined) this.#tenant.writes.update(object, { accountEnabled });
  }

  /** Deletes what stands for an application, its permissions first. */
  remove(appId: string): void {
    this.revoke(appId);
    const object = this.#objectOf(appId);
    if (object !== undefined) this.#tenant.writes.purge(object);
    this.#granted.delete(keyOf(appId));
  }

  /** Calls the listener after each consent that was revoked. */
  onRevocation(listener: (appId: string) => void): void {
    this.#revocationListeners.add(listener);
  }

  /** Remembers what is granted. Returns the function that brings it back; the objects are the directory's. */
  snapshot(): () => void {
    const granted = new Map(this.#granted);
    return () => {
      this.#granted = new Map(granted);
    };
  }

  #objectOf(appId: string): DirectoryObject | undefined {
    const { directory } = this.#tenant;
    return directory.find(servicePrincipalId(directory.tenant.id, appId));
  }

  #grantedTo(appId: string): Granted {
    return this.#granted.get(keyOf(appId)) ?? NOTHING;
  }

  #install(application: Application, ownerId: string): void {
    if (this.#objectOf(application.appId) !== undefined) return;
    const { directory, writes } = this.#tenant;
    const id = servicePrincipalId(directory.tenant.id, application.appId);
    writes.create('servicePrincipal', id, describeServicePrincipal(ownerId, application));
  }
}

function text({ properties }: DirectoryObject, name: string): string {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
}

function keyOf(appId: string): string {
  return appId.toLowerCase();
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])];
}
