import type { DirectoryView, Registration } from '../ports.ts';

/** The tenants that stand side by side. Names, domains and ids are compared without regard to case. */
export interface Tenants {
  readonly all: readonly DirectoryView[];
  /** By its id or one of its verified domains. */
  named(name: string): DirectoryView | undefined;
  /** The tenant that owns the domain of a user principal name. */
  homeOf(userPrincipalName: string): DirectoryView | undefined;
  registration(appId: string): Registration | undefined;
}

export function createTenants(all: readonly DirectoryView[]): Tenants {
  const named = (name: string) => all.find(({ tenant }) => isNamed(tenant, name.toLowerCase()));
  return {
    all,
    named,
    homeOf: (userPrincipalName) => named(userPrincipalName.slice(userPrincipalName.lastIndexOf('@') + 1)),
    registration(appId) {
      for (const home of all) {
        const application = home.applications().find((one) => one.appId.toLowerCase() === appId.toLowerCase());
        if (application !== undefined) return { application, home };
      }
      return undefined;
    },
  };
}

function isNamed({ id, verifiedDomains }: DirectoryView['tenant'], name: string): boolean {
  return id.toLowerCase() === name || verifiedDomains.some((domain) => domain.name.toLowerCase() === name);
}
