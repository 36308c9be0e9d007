import type { DirectoryView, EntraUser } from '../entra/ports.ts';
import type { Applications } from './applications.ts';
import type { DirectoryObject } from './change.ts';
import type { Directory } from './directory.ts';
import type { DirectoryRoles } from './directory-roles.ts';

/** What the identity half sees of a tenant. */
export function createDirectoryView(
  directory: Directory,
  applications: Applications,
  roles: DirectoryRoles,
): DirectoryView {
  return {
    tenant: directory.tenant,
    findUser(idOrUpn) {
      const user = directory.find(idOrUpn) ?? directory.findUserByUpn(idOrUpn);
      return user?.kind === 'user' ? toEntraUser(user) : undefined;
    },
    searchUsers: (text, limit) => searchUsers(directory, text.toLocaleLowerCase(), limit),
    applications: () => applications.all(),
    revokeConsent: (appId) => applications.revokeConsent(appId),
    grantConsent: (appId, appRoles) => applications.grantConsent(appId, appRoles),
    isAdministrator: (userId) => roles.rolesOf(userId.toLowerCase()).length > 0,
  };
}

function searchUsers(directory: Directory, text: string, limit: number): EntraUser[] {
  return directory
    .everyId('user')
    .flatMap((id) => directory.find(id) ?? [])
    .map(toEntraUser)
    .filter((user) =>
      [user.displayName, user.userPrincipalName, user.mail].some((value) => value?.toLocaleLowerCase().includes(text)),
    )
    .sort((one, other) => one.displayName.localeCompare(other.displayName))
    .slice(0, limit);
}

function toEntraUser({ id, properties }: DirectoryObject): EntraUser {
  const text = (name: string): string | undefined => {
    const value = properties[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    id,
    displayName: text('displayName') ?? '',
    userPrincipalName: text('userPrincipalName') ?? '',
    accountEnabled: properties['accountEnabled'] !== false,
    userType: properties['userType'] === 'Guest' ? 'Guest' : 'Member',
    ...optional('mail', text('mail')),
    ...optional('givenName', text('givenName')),
    ...optional('surname', text('surname')),
    ...optional('preferredLanguage', text('preferredLanguage')),
  };
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<Key, string>>);
}
