import type { DirectoryFile } from '@learnamp/entra-emulator';

export const DOMAIN = 'histories.example';

/** The id of the nth user or group that is there from the beginning. */
export function idOf(kind: 'user' | 'group', n: number): string {
  return `${kind === 'user' ? '1' : '2'}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** What never changes itself, but can be a member, and in the case of the contact a manager. */
export const DEVICE = '40000000-0000-4000-8000-000000000000';
export const CONTACT = '50000000-0000-4000-8000-000000000000';

export const FIRST_USERS = 5;
export const FIRST_GROUPS = 4;

/**
 * What each history begins with: five people, four groups with an owner each, one of them in another and one with a
 * mailbox, a device and a contact.
 */
export function organisation(): DirectoryFile {
  const user = (n: number) => ({
    id: idOf('user', n),
    displayName: `User ${n}`,
    userPrincipalName: `user${n}@${DOMAIN}`,
    ...(n % 2 === 0 ? { department: 'Sales' } : {}),
    ...(n === 0 ? {} : { manager: { id: idOf('user', 0) } }),
  });
  const group = (n: number, users: readonly number[], groups: readonly number[] = []) => ({
    id: idOf('group', n),
    displayName: `Group ${n}`,
    ...(n === 3 ? { groupTypes: ['Unified'], mailEnabled: true } : {}),
    owners: [{ '@odata.type': '#microsoft.graph.user' as const, id: idOf('user', n) }],
    members: [
      ...users.map((other) => ({ '@odata.type': '#microsoft.graph.user' as const, id: idOf('user', other) })),
      ...groups.map((other) => ({ '@odata.type': '#microsoft.graph.group' as const, id: idOf('group', other) })),
    ],
  });
  return {
    tenant: {
      id: '00000000-0000-4000-8000-000000000001',
      displayName: 'Histories',
      verifiedDomains: [{ name: DOMAIN, isDefault: true }],
    },
    devices: [{ id: DEVICE, displayName: 'Device' }],
    contacts: [{ id: CONTACT, displayName: 'Contact' }],
    users: Array.from({ length: FIRST_USERS }, (_, n) => user(n)),
    groups: [group(0, [0, 1, 2, 3, 4], [1]), group(1, [1]), group(2, []), group(3, [2, 3])],
    // Nobody is protected: a history may delete each of them.
    directoryRoles: [],
  };
}
