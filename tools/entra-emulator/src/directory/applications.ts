import type { Application } from '../entra/application.ts';
import type { ServicePrincipalEntry } from './directory-file.ts';
import { ServicePrincipals, type PrincipalsTenant } from './service-principals.ts';

/** The applications of a tenant: those registered in it, and what stands in it for those that are installed. */
export class Applications {
  readonly servicePrincipals: ServicePrincipals;
  readonly #all: readonly Application[];

  constructor(
    tenant: PrincipalsTenant,
    applications: readonly Application[],
    installed: readonly ServicePrincipalEntry[] = [],
  ) {
    this.#all = applications;
    this.servicePrincipals = new ServicePrincipals(tenant, applications, installed);
  }

  /** The registrations. */
  all(): readonly Application[] {
    return this.#all;
  }

  /** A registration by its id, without regard to case. */
  find(appId: string): Application | undefined {
    return this.#all.find((application) => application.appId.toLowerCase() === appId.toLowerCase());
  }

  /** Calls the listener after each consent that was revoked. */
  onRevocation(listener: (appId: string) => void): void {
    this.servicePrincipals.onRevocation(listener);
  }
}
