import type { DirectoryFile, GroupEntry, UserEntry } from '@learnamp/entra-emulator';
import type { ProvisioningSettings } from '@learnamp/organisations';

/** The id of the nth user of a test directory. */
export const user = (n: number): string => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** The id of the nth group of a test directory. */
export const group = (n: number): string => `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const ROOT = group(0);

// One pixel, as a PNG whose header says 48 by 48: an image of 1 by 1 is Graph's sign for no photo.
const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const image = Buffer.from(ONE_PIXEL, 'base64');
image.writeUInt32BE(48, 16);
image.writeUInt32BE(48, 20);

export const aUser = (n: number, more: Partial<UserEntry> = {}): UserEntry => ({
  id: user(n),
  displayName: `User ${n}`,
  userPrincipalName: `user${n}@contoso.example`,
  accountEnabled: true,
  userType: 'Member',
  ...more,
});

export const withPhoto = { photo: image.toString('base64') } as const;

export const aGroup = (n: number, members: readonly string[]): GroupEntry => ({
  id: group(n),
  displayName: `Group ${n}`,
  members: members.map((id) => ({
    '@odata.type': id.startsWith('1') ? ('#microsoft.graph.user' as const) : ('#microsoft.graph.group' as const),
    id,
  })),
});

export const aDirectory = (users: UserEntry[], groups: GroupEntry[]): DirectoryFile => ({
  tenant: {
    id: '00000000-0000-4000-8000-00000000cafe',
    displayName: 'Contoso',
    verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
  },
  users,
  groups,
  // Nobody administers it: an application may disable and delete each of them.
  directoryRoles: [],
});

/**
 * Six people. The root has the first two and group 1; that one has the third and group 2; group 2 has the fourth, and
 * group 1 again: a cycle. The fifth is disabled, the sixth in no group.
 */
export const aCompany = (): DirectoryFile =>
  aDirectory(
    [
      aUser(1),
      aUser(2, { manager: { id: user(1) } }),
      aUser(3),
      aUser(4),
      aUser(5, { accountEnabled: false }),
      aUser(6),
    ],
    [aGroup(0, [user(1), user(2), user(5), group(1)]), aGroup(1, [user(3), group(2)]), aGroup(2, [user(4), group(1)])],
  );

/** For a test that changes more people than may change without approval, and is about something else. */
export const noLimits: ProvisioningSettings['limits'] = {
  removal: { share: 1, small: 0, number: null },
  addition: { share: 1, small: 1000, number: null },
};
