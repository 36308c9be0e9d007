import { Directory } from '../../src/directory/directory.ts';
import type { ServicePrincipalEntry } from '../../src/directory/directory-file.ts';
import { directorySeed } from '../../src/directory/directory-seed.ts';
import { createDirectoryWrites } from '../../src/directory/directory-writes.ts';
import { ServicePrincipals } from '../../src/directory/service-principals.ts';
import type { Application, DirectoryView, EntraGroup, EntraUser, Tenant } from '../../src/entra/ports.ts';

export const TENANT_ID = '11111111-2222-4333-8444-555555555555';
/** The tenant of nearly every test, and another beside it. */
export const contoso: Tenant = {
  id: TENANT_ID,
  displayName: 'Contoso',
  verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
};
export const fabrikam: Tenant = {
  id: '22222222-2222-4333-8444-555555555555',
  displayName: 'Fabrikam',
  verifiedDomains: [{ name: 'fabrikam.example', isDefault: true }],
};
export const CALLBACK = 'http://localhost:3000/auth/callback';

export function aUser(changes: Partial<EntraUser> & { id: string }): EntraUser {
  return {
    displayName: `User ${changes.id}`,
    userPrincipalName: `${changes.id}@contoso.example`,
    accountEnabled: true,
    userType: 'Member',
    ...changes,
  };
}

export const ada = aUser({
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  displayName: 'Ada Lovelace',
  userPrincipalName: 'ada@contoso.example',
  mail: 'ada.lovelace@mail.example',
  givenName: 'Ada',
  surname: 'Lovelace',
});
export const bo = aUser({
  id: 'aaaaaaaa-0000-4000-8000-000000000002',
  displayName: 'Bo <b>Bold</b> & "Co"',
  userPrincipalName: 'bo@contoso.example',
});
export const dan = aUser({
  id: 'aaaaaaaa-0000-4000-8000-000000000003',
  displayName: 'Dan Disabled',
  userPrincipalName: 'dan@contoso.example',
  accountEnabled: false,
});
export const gus = aUser({
  id: 'aaaaaaaa-0000-4000-8000-000000000004',
  displayName: 'Gus Guest',
  userPrincipalName: 'gus_partner.example#EXT#@contoso.example',
  mail: 'gus@partner.example',
  userType: 'Guest',
});

export function anApplication(changes: Partial<Application> = {}): Application {
  return {
    appId: 'cccccccc-0000-4000-8000-000000000001',
    displayName: 'Learn & Amp',
    passwordCredentials: [{ secretText: 's3cret/+ value' }],
    web: { redirectUris: [CALLBACK] },
    appRoles: ['User.Read.All'],
    ...changes,
  };
}

/** People of another tenant. Pat is a guest at Contoso under the address of the home tenant. */
export const pat = aUser({
  id: 'bbbbbbbb-0000-4000-8000-000000000001',
  displayName: 'Pat Partner',
  userPrincipalName: 'pat@fabrikam.example',
  mail: 'pat@fabrikam.example',
});
export const quin = aUser({
  id: 'bbbbbbbb-0000-4000-8000-000000000002',
  displayName: 'Quin Quiet',
  userPrincipalName: 'quin@fabrikam.example',
});
export const patAtContoso = aUser({
  id: 'aaaaaaaa-0000-4000-8000-000000000005',
  displayName: 'Pat Partner',
  userPrincipalName: 'pat_fabrikam.example#EXT#@contoso.example',
  mail: 'pat@fabrikam.example',
  userType: 'Guest',
});

/** The template of the role. */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** A directory in memory; its first user administers it. Whatever is in it may be changed under a running test. */
export interface DirectoryInMemory extends DirectoryView {
  users: EntraUser[];
  /** The registrations. Setting them installs them anew, with the permissions that they say are granted. */
  registered: readonly Application[];
  groups: Record<string, readonly EntraGroup[]>;
  /** Changes how an application stands in the tenant, or installs another tenant's. */
  install(application: Application, changes?: Partial<ServicePrincipalEntry>): void;
}

export function aDirectory(
  registered: readonly Application[] = [anApplication()],
  tenant = contoso,
): DirectoryInMemory {
  let [applications, policies] = [registered, {}];
  let principals = principalsIn(tenant, registered, []);
  let installed: ServicePrincipalEntry[] = [];
  const sameText = (one: string | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();
  const directory: DirectoryInMemory = {
    users: tenant === contoso ? [ada, bo, dan, gus] : [pat, quin],
    groups: {},
    get registered() {
      return applications;
    },
    set registered(changed) {
      applications = changed;
      installed = [];
      principals = principalsIn(tenant, applications, installed);
    },
    install({ appId, displayName }, changes = {}) {
      installed = [...installed.filter((entry) => entry.appId !== appId), { appId, displayName, ...changes }];
      principals = principalsIn(tenant, applications, installed);
    },
    tenant,
    policies: () => policies,
    setPolicies: (changed) => void (policies = changed),
    findUser: (idOrUpn) =>
      directory.users.find(({ id, userPrincipalName }) => id === idOrUpn || sameText(userPrincipalName, idOrUpn)),
    findGuest: (address) =>
      directory.users.find(({ userType, mail }) => userType === 'Guest' && sameText(mail, address)),
    searchUsers: (text, limit) =>
      directory.users
        .filter(({ displayName, userPrincipalName, mail = '' }) =>
          [displayName, userPrincipalName, mail].some((value) => value.toLowerCase().includes(text.toLowerCase())),
        )
        .slice(0, limit),
    groupsOf: (userId) => directory.groups[userId] ?? [],
    roleTemplatesOf: (userId) => (directory.isAdministrator(userId) ? [GLOBAL_ADMINISTRATOR] : []),
    isAdministrator: (userId) => userId === (tenant === contoso ? ada : pat).id,
    applications: () => applications,
    servicePrincipal: (appId) => principals.find(appId),
    grantConsent: ({ application, home }, grant) => principals.grant(application, home.tenant.id, grant),
    revokeConsent: (appId) => principals.revoke(appId),
    removeServicePrincipal: (appId) => principals.remove(appId),
  };
  return directory;
}

function principalsIn(
  tenant: Tenant,
  applications: readonly Application[],
  servicePrincipals: ServicePrincipalEntry[],
) {
  const file = { tenant, users: [], groups: [], applications: [...applications], servicePrincipals };
  const directory = new Directory(directorySeed(file));
  const writes = createDirectoryWrites(directory, () => new Date());
  return new ServicePrincipals({ directory, writes }, applications, servicePrincipals);
}
