import type { Application, DirectoryView, EntraUser } from '../../src/entra/ports.ts';

export const TENANT_ID = '11111111-2222-4333-8444-555555555555';
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

/** A directory in memory; `ada` administers it. Its applications and users may be changed under a running test. */
export interface DirectoryInMemory extends DirectoryView {
  users: EntraUser[];
  registered: Application[];
}

export function aDirectory(registered: Application[] = [anApplication()]): DirectoryInMemory {
  const directory: DirectoryInMemory = {
    users: [ada, bo, dan, gus],
    registered,
    tenant: {
      id: TENANT_ID,
      displayName: 'Contoso',
      verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
    },
    findUser: (idOrUpn) =>
      directory.users.find(({ id, userPrincipalName }) => id === idOrUpn || userPrincipalName === idOrUpn),
    searchUsers: (text, limit) =>
      directory.users
        .filter(({ displayName, userPrincipalName, mail = '' }) =>
          [displayName, userPrincipalName, mail].some((value) => value.toLowerCase().includes(text.toLowerCase())),
        )
        .slice(0, limit),
    applications: () => directory.registered,
    grantConsent: (appId, roles) => {
      directory.registered = directory.registered.map((application) =>
        application.appId === appId
          ? { ...application, appRoles: [...new Set([...application.appRoles, ...roles])] }
          : application,
      );
    },
    revokeConsent: (appId) => {
      directory.registered = directory.registered.map((application) =>
        application.appId === appId ? { ...application, appRoles: [] } : application,
      );
    },
    isAdministrator: (userId) => userId === ada.id,
  };
  return directory;
}
