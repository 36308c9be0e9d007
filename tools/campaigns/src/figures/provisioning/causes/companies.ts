import { defaultApplication, type DirectoryFile, type UserEntry } from '@learnamp/entra-emulator';

const id = (kind: number, tenant: number, n: number) =>
  `${kind}0000000-0000-4000-8${String(tenant).padStart(3, '0')}-${String(n).padStart(12, '0')}`;

export const personId = (tenant: number, n: number): string => id(1, tenant, n);
export const groupId = (tenant: number, n: number): string => id(2, tenant, n);
export const tenantId = (tenant: number): string => id(3, tenant, 0);

/** The tenants, each with one thing that is wrong, or many. */
export const tenants = {
  main: 0,
  switchedOff: 1,
  permissionMissing: 2,
  groupMissing: 3,
  groupEmpty: 4,
  notConsented: 5,
  membersHidden: 6,
  unmapped: 7,
} as const;

export type TenantName = keyof typeof tenants;

/** People of the main company by the trouble that is made for them. */
export const people = {
  healthy: 1,
  boss: 2,
  outsider: 3,
  disabled: 4,
  late: 5,
  recreated: 6,
  leaver: 7,
  createOnly: 8,
  unreadable: 9,
  kept: 10,
  managedFromOutside: 11,
  circleA: 12,
  circleB: 13,
  managedByDisabled: 14,
  noDepartment: 15,
} as const;

export type PersonName = keyof typeof people;

export const upn = (tenant: number, name: string): string => `${name.toLowerCase()}@company${tenant}.example`;
export const displayName = (name: string): string => `The ${name} One`;

function person(tenant: number, [name, n]: readonly [string, number], more: Partial<UserEntry> = {}): UserEntry {
  return {
    id: personId(tenant, n),
    displayName: displayName(name),
    userPrincipalName: upn(tenant, name),
    accountEnabled: true,
    userType: 'Member',
    department: 'Engineering',
    jobTitle: 'Engineer',
    preferredLanguage: 'en-GB',
    ...more,
  };
}

const member = (tenant: number, n: number) => ({
  '@odata.type': '#microsoft.graph.user' as const,
  id: personId(tenant, n),
});

/** What differs for single people of the main company from the start. */
const fromTheStart: Partial<Record<PersonName, Partial<UserEntry>>> = {
  healthy: { manager: { id: personId(0, people.boss) } },
  disabled: { accountEnabled: false },
  unreadable: { officeLocation: 'Building seven' },
  managedFromOutside: { manager: { id: personId(0, people.outsider) } },
  circleA: { manager: { id: personId(0, people.circleB) } },
  circleB: { manager: { id: personId(0, people.circleA) } },
  managedByDisabled: { manager: { id: personId(0, people.disabled) } },
  noDepartment: { department: null },
};

const outside: readonly PersonName[] = ['outsider', 'late'];

export function mainCompany(): DirectoryFile {
  const names = Object.keys(people) as PersonName[];
  const inside = names.filter((name) => !outside.includes(name));
  return {
    ...company(0, 'Learners'),
    users: names.map((name) => person(0, [name, people[name]], fromTheStart[name])),
    groups: [
      { id: groupId(0, 0), displayName: 'Learners', members: inside.map((name) => member(0, people[name])) },
      { id: groupId(0, 1), displayName: 'Contractors', members: [member(0, people.outsider)] },
    ],
  };
}

/** A company of two people: the second manages the first. */
export function smallCompany(tenant: number): DirectoryFile {
  const nested = { '@odata.type': '#microsoft.graph.group' as const, id: groupId(tenant, 1) };
  const isHidden = tenant === tenants.membersHidden;
  const members =
    tenant === tenants.groupEmpty ? [] : [member(tenant, 1), member(tenant, 2), ...(isHidden ? [nested] : [])];
  return {
    ...company(tenant, 'Learners'),
    users: [
      person(tenant, ['report', 1], { manager: { id: personId(tenant, 2) } }),
      person(tenant, ['manager', 2]),
      person(tenant, ['secret', 3]),
    ],
    groups: [
      { id: groupId(tenant, 0), displayName: 'Learners', members },
      { id: groupId(tenant, 1), displayName: 'Board', visibility: 'HiddenMembership', members: [member(tenant, 3)] },
    ],
  };
}

const company = (tenant: number, name: string) => ({
  tenant: {
    id: tenantId(tenant),
    displayName: `${name} ${tenant}`,
    verifiedDomains: [{ name: `company${tenant}.example`, isDefault: true }],
  },
  rootGroupId: groupId(tenant, 0),
  directoryRoles: [],
});

/** The permissions that a tenant has granted to the application. */
export function grantedTo(tenant: number): readonly string[] {
  const { appRoles: allAppRoles } = defaultApplication(company(tenant, '').tenant);
  const without: Readonly<Record<number, readonly string[]>> = {
    [tenants.permissionMissing]: allAppRoles.filter((role) =>
      /^(Group|Directory|GroupMember|RoleManagement)\./.test(role),
    ),
    [tenants.membersHidden]: ['Member.Read.Hidden'],
  };
  return allAppRoles.filter((role) => !(without[tenant] ?? []).includes(role));
}
