/** The properties of Graph's user that a list of users shows with User.Read.All, and whose changes Graph tracks. */
export const selectableProperties: ReadonlySet<string> = new Set([
  'accountEnabled',
  'ageGroup',
  'businessPhones',
  'city',
  'companyName',
  'country',
  'createdDateTime',
  'creationType',
  'department',
  'displayName',
  'employeeHireDate',
  'employeeId',
  'employeeOrgData',
  'employeeType',
  'externalUserState',
  'faxNumber',
  'givenName',
  'id',
  'identities',
  'imAddresses',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'onPremisesDistinguishedName',
  'onPremisesDomainName',
  'onPremisesExtensionAttributes',
  'onPremisesImmutableId',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'onPremisesUserPrincipalName',
  'otherMails',
  'postalCode',
  'preferredDataLocation',
  'preferredLanguage',
  'proxyAddresses',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userPrincipalName',
  'userType',
]);

// Graph, list users: "Some properties cannot be returned within a user collection"; selecting one answers 501.
const singleOnly = new Set(
  'aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName responsibilities schools skills'.split(
    ' ',
  ),
);

const wantsPermission: ReadonlyMap<string, string> = new Map([
  ['employeeLeaveDateTime', 'User-LifeCycleInfo.Read.All'],
  ['signInActivity', 'AuditLog.Read.All'],
  ['customSecurityAttributes', 'CustomSecAttributeAssignment.Read.All'],
]);

/** A directory extension is selected by its whole name: the application's id without dashes, and a name. */
const isExtension = (name: string) => /^extension_[0-9a-fA-F]{32}_[A-Za-z0-9_]{1,128}$/.test(name);

/** Why a property can't be selected of every user, in one sentence; undefined where it can. */
export function selectionProblem(name: string): string | undefined {
  if (selectableProperties.has(name) || isExtension(name)) return undefined;
  if (singleOnly.has(name)) return `Graph shows "${name}" of a single user only, never in a list of users`;
  const permission = wantsPermission.get(name);
  if (permission) return `"${name}" needs the permission ${permission}, which this application doesn't ask for`;
  if (/^extensionAttribute\d+$/.test(name)) {
    return `"${name}" can't be selected by itself: write onPremisesExtensionAttributes.${name}`;
  }
  const alike = [...selectableProperties].find((known) => known.toLowerCase() === name.toLowerCase());
  return `"${name}" is no property of users that can be selected${alike ? `; did you mean "${alike}"?` : ''}`;
}
