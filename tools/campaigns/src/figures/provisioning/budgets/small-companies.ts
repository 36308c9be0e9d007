import type { DirectoryFile } from '@learnamp/entra-emulator';

/** The id of something in a test directory: kind, tenant and number. */
const id = (kind: number, tenant: number, n: number) =>
  `${kind}0000000-0000-4000-8${String(tenant).padStart(3, '0')}-${String(n).padStart(12, '0')}`;

export const personId = (tenant: number, n: number): string => id(1, tenant, n);
export const groupId = (tenant: number, n: number): string => id(2, tenant, n);

/**
 * A company of the tenant with that number: half of its people in the root group, the others in a group below it, and as
 * many outsiders as people.
 */
export function smallCompany(tenant: number, people: number): DirectoryFile {
  const domain = `company${tenant}.example`;
  const users = Array.from({ length: 2 * people }, (_, n) => ({
    id: personId(tenant, n),
    displayName: `Person ${n}`,
    givenName: 'Person',
    surname: `${n}`,
    userPrincipalName: `person${n}@${domain}`,
    accountEnabled: true,
    userType: 'Member',
  }));
  const member = (n: number) => ({ '@odata.type': '#microsoft.graph.user' as const, id: personId(tenant, n) });
  const half = Math.floor(people / 2);
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => member(from + n));
  const nested = { '@odata.type': '#microsoft.graph.group' as const, id: groupId(tenant, 1) };
  return {
    tenant: {
      id: id(3, tenant, 0),
      displayName: `Company ${tenant}`,
      verifiedDomains: [{ name: domain, isDefault: true }],
    },
    users,
    groups: [
      { id: groupId(tenant, 0), displayName: 'Everybody', members: [...range(0, half), nested] },
      { id: groupId(tenant, 1), displayName: 'The others', members: range(half, people) },
    ],
    rootGroupId: groupId(tenant, 0),
    directoryRoles: [],
  };
}
