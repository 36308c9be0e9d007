import { type DirectoryFile, type GroupEntry, portrait, type UserEntry } from '@learnamp/entra-emulator';

export const DOMAIN = 'histories.example';

/** The id of the nth user or group that is there from the beginning. */
export const userId = (n: number) => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const groupId = (n: number) => `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const bystanderId = (n: number) => `30000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Whether somebody is there only to make the tenant large: nothing ever happens to them. */
export const isBystander = (id: string): boolean => id.startsWith('30000000');

export const CONTACT = '50000000-0000-4000-8000-000000000000';

/** The group whose people are provisioned. */
export const ROOT = groupId(0);

/**
 * Somebody who stays in the group and is never deleted: a group that nobody is left in proves nothing about those who
 * were, so nobody is removed from it.
 */
export const STAYER = userId(0);

export const FIRST_GROUPS = 14;
export const DEPARTMENTS = ['Sales', 'sales ', 'Support', 'Research  and Development', 'Zürich', null] as const;

/** How a company begins: what each number decides is taken modulo the choices there are. */
export interface CompanyPlan {
  readonly people: number;
  /** For each person, the groups they are in, their department and manager, and whether they are a guest. */
  readonly choices: readonly number[];
}

/**
 * Some people in fourteen groups: ten levels of nested groups below the root, with a circle in them, a Microsoft 365
 * group and a dynamic one, and three that are not in the root. With many bystanders the delta links are of the group's
 * people alone.
 */
export function company({ people, choices }: CompanyPlan, bystanders = 0): DirectoryFile {
  let next = 0;
  const drawn = (below: number) => (choices[next++ % choices.length] ?? 0) % below;
  const users = Array.from({ length: people }, (_, n) => aUser(n, drawn));
  const groups = Array.from({ length: FIRST_GROUPS }, (_, n) => aGroup(n));
  for (const { id } of users) {
    const member = { '@odata.type': '#microsoft.graph.user' as const, id };
    for (const group of new Set([drawn(FIRST_GROUPS), drawn(FIRST_GROUPS)])) groups[group]?.members?.push(member);
    if (id === STAYER && !groups[0]?.members?.includes(member)) groups[0]?.members?.push(member);
  }
  return {
    tenant: {
      id: '00000000-0000-4000-8000-000000000001',
      displayName: 'Histories',
      verifiedDomains: [{ name: DOMAIN, isDefault: true }],
    },
    contacts: [{ id: CONTACT, displayName: 'Contact' }],
    users: [...users, ...Array.from({ length: bystanders }, (_, n) => aBystander(n))],
    groups,
    directoryRoles: [],
  };
}

function aUser(n: number, drawn: (below: number) => number): UserEntry {
  const department = DEPARTMENTS[drawn(DEPARTMENTS.length)];
  const manager = drawn(8);
  return {
    id: userId(n),
    displayName: `User ${n}`,
    givenName: `Given ${n}`,
    surname: drawn(3) === 0 ? '  ' : `Sur ${n}`,
    userPrincipalName: `user${n}@${DOMAIN}`,
    accountEnabled: n === 0 || drawn(6) > 0,
    userType: drawn(6) === 0 ? 'Guest' : 'Member',
    ...(department ? { department } : {}),
    ...(manager < 5 && manager !== n ? { manager: { id: manager < 4 ? userId(manager) : CONTACT } } : {}),
    ...(drawn(4) === 0 ? { photo: portrait(n, 48).toString('base64') } : {}),
  };
}

const aBystander = (n: number): UserEntry => ({
  id: bystanderId(n),
  displayName: `Bystander ${n}`,
  userPrincipalName: `bystander${n}@${DOMAIN}`,
  accountEnabled: true,
  userType: 'Member',
});

/** Groups 1 to 10 are one in the other, and the seventh is in the fifth again; 11 and 12 are in the root. */
function aGroup(n: number): GroupEntry {
  const nested: Record<number, number[]> = { 0: [1, 11, 12], 7: [8, 5], 10: [], 11: [], 12: [], 13: [] };
  const children = nested[n] ?? [n + 1];
  return {
    id: groupId(n),
    displayName: `Group ${n}`,
    ...(n === 11 ? { groupTypes: ['Unified'], mailEnabled: true } : {}),
    ...(n === 12 ? { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "Sales"' } : {}),
    members: children.map((child) => ({ '@odata.type': '#microsoft.graph.group' as const, id: groupId(child) })),
  };
}
