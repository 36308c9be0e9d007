import type { DirectoryView, EntraGroup, EntraUser } from '../entra/ports.ts';
import type { SignInPolicies } from '../entra/sign-in-policies.ts';
import { administers } from './administered.ts';
import type { Applications } from './applications.ts';
import type { DirectoryObject } from './change.ts';
import { transitiveGroupIds } from './closure.ts';
import type { Directory } from './directory.ts';
import type { DirectoryRoles } from './directory-roles.ts';
import { toEntraUser } from './entra-user.ts';

/** The parts of a tenant that the identity half is shown. */
export interface ViewedTenant {
  readonly directory: Directory;
  readonly applications: Applications;
  readonly roles: DirectoryRoles;
}

/** What the identity half sees of a tenant. */
export function createDirectoryView(
  { directory, applications, roles }: ViewedTenant,
  initialPolicies: SignInPolicies = {},
): DirectoryView {
  let policies = initialPolicies;
  const { servicePrincipals } = applications;
  return {
    tenant: directory.tenant,
    policies: () => policies,
    setPolicies(changed) {
      policies = changed;
    },
    findUser(idOrUpn) {
      const user = directory.find(idOrUpn) ?? directory.findUserByUpn(idOrUpn);
      return user?.kind === 'user' ? toEntraUser(user) : undefined;
    },
    findGuest: (address) => findGuest(directory, address.toLowerCase()),
    searchUsers: (text, limit) => searchUsers(directory, text.toLocaleLowerCase(), limit),
    groupsOf: (userId) => groupsOf(directory, userId.toLowerCase()),
    roleTemplatesOf: (userId) => roles.rolesOf(userId.toLowerCase()).map(({ roleTemplateId }) => roleTemplateId),
    isAdministrator: (userId) => administers(roles.rolesOf(userId.toLowerCase()), 'consent'),
    applications: () => applications.all(),
    servicePrincipal: (appId) => servicePrincipals.find(appId),
    grantConsent: ({ application, home }, grant) => servicePrincipals.grant(application, home.tenant.id, grant),
    revokeConsent: (appId) => servicePrincipals.revoke(appId),
    removeServicePrincipal: (appId) => servicePrincipals.remove(appId),
  };
}

function everyUser(directory: Directory): DirectoryObject[] {
  return directory.everyId('user').flatMap((id) => directory.find(id) ?? []);
}

function findGuest(directory: Directory, address: string): EntraUser | undefined {
  const guest = everyUser(directory).find(
    ({ properties: { userType, mail } }) =>
      userType === 'Guest' && typeof mail === 'string' && mail.toLowerCase() === address,
  );
  return guest === undefined ? undefined : toEntraUser(guest);
}

const byName = new Intl.Collator().compare;

function searchUsers(directory: Directory, text: string, limit: number): EntraUser[] {
  return everyUser(directory)
    .map(toEntraUser)
    .filter((user) =>
      [user.displayName, user.userPrincipalName, user.mail].some((value) => value?.toLocaleLowerCase().includes(text)),
    )
    .sort((one, other) => byName(one.displayName, other.displayName))
    .slice(0, limit);
}

function groupsOf(directory: Directory, userId: string): EntraGroup[] {
  return transitiveGroupIds(directory, userId).map((id) => ({
    id,
    securityEnabled: directory.find(id)?.properties['securityEnabled'] === true,
    isDirect: directory.isMember(id, userId),
  }));
}
