import type { DirectoryFile, GroupEntry, UserEntry } from '../../src/index.ts';

/** The id of the nth object of a test directory. */
export function idOf(kind: 'user' | 'group', n: number): string {
  return `${kind === 'user' ? '1' : '2'}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function aUser(n: number, more: Partial<UserEntry> = {}): UserEntry {
  return { id: idOf('user', n), displayName: `User ${n}`, userPrincipalName: `user${n}@contoso.example`, ...more };
}

export function aGroup(n: number, members: readonly string[] = [], more: Partial<GroupEntry> = {}): GroupEntry {
  return {
    id: idOf('group', n),
    displayName: `Group ${n}`,
    members: members.map((id) => ({
      '@odata.type': id.startsWith('1') ? ('#microsoft.graph.user' as const) : ('#microsoft.graph.group' as const),
      id,
    })),
    ...more,
  };
}

/** A tenant of the given users and groups. Nobody administers it, so nobody is protected from an application. */
export function aDirectoryFile(users: UserEntry[] = [aUser(1)], groups: GroupEntry[] = []): DirectoryFile {
  return {
    tenant: {
      id: '00000000-0000-4000-8000-00000000cafe',
      displayName: 'Contoso',
      verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
    },
    users,
    groups,
    directoryRoles: [],
  };
}
