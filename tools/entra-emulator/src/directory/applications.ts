import type { Application } from '../entra/ports.ts';

/** The application registrations of a tenant, and the permissions that an administrator has granted since. */
export class Applications {
  #all: readonly Application[];

  constructor(applications: readonly Application[]) {
    this.#all = applications;
  }

  all(): readonly Application[] {
    return this.#all;
  }

  /** Adds application permissions to those already granted. */
  grantConsent(appId: string, appRoles: readonly string[]): void {
    this.#all = this.#all.map((application) =>
      application.appId.toLowerCase() === appId.toLowerCase()
        ? { ...application, appRoles: [...new Set([...application.appRoles, ...appRoles])] }
        : application,
    );
  }
}
