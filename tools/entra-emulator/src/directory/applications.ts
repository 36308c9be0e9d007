import type { Application } from '../entra/ports.ts';

/** The application registrations of a tenant, and the permissions that an administrator has granted since. */
export class Applications {
  #all: readonly Application[];
  readonly #revocationListeners = new Set<(appId: string) => void>();

  constructor(applications: readonly Application[]) {
    this.#all = applications;
  }

  all(): readonly Application[] {
    return this.#all;
  }

  /** Adds application permissions to those already granted. */
  grantConsent(appId: string, appRoles: readonly string[]): void {
    this.#change(appId, (application) => ({
      ...application,
      appRoles: [...new Set([...application.appRoles, ...appRoles])],
    }));
  }

  /** Takes every permission from an application. */
  revokeConsent(appId: string): void {
    this.#change(appId, (application) => ({ ...application, appRoles: [] }));
    for (const listener of this.#revocationListeners) listener(appId);
  }

  /** Calls the listener after each consent that was revoked. */
  onRevocation(listener: (appId: string) => void): void {
    this.#revocationListeners.add(listener);
  }

  #change(appId: string, change: (application: Application) => Application): void {
    this.#all = this.#all.map((application) =>
      application.appId.toLowerCase() === appId.toLowerCase() ? change(application) : application,
    );
  }
}
