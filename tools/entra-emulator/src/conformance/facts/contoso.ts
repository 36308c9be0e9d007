import type { DirectoryFile, GroupEntry, UserEntry } from '../../directory/directory-file.ts';

/** The id of the nth user or group of a tenant made for facts. */
export function userId(n: number): string {
  return `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function groupId(n: number): string {
  return `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** The nth user, whose UPN is `user<n>@contoso.example`. */
export function user(n: number, more: Partial<UserEntry> = {}): UserEntry {
  return { id: userId(n), displayName: `User ${n}`, userPrincipalName: `user${n}@contoso.example`, ...more };
}

/** The nth group, with members by their ids; a security group unless said otherwise. */
export function group(n: number, memberIds: readonly string[] = [], more: Partial<GroupEntry> = {}): GroupEntry {
  return {
    id: groupId(n),
    displayName: `Group ${n}`,
    mailNickname: `group${n}`,
    members: memberIds.map((id) => ({
      '@odata.type': id.startsWith('1') ? '#microsoft.graph.user' : '#microsoft.graph.group',
      id,
    })),
    ...more,
  };
}

/** A tenant of the given objects, with two verified domains. */
export function contoso(
  users: UserEntry[],
  groups: GroupEntry[] = [],
  more: Partial<DirectoryFile> = {},
): DirectoryFile {
  return {
    tenant: {
      id: '00000000-0000-4000-8000-00000000cafe',
      displayName: 'Contoso',
      verifiedDomains: [
        { name: 'contoso.example', isDefault: true },
        { name: 'fabrikam.example', isDefault: false },
      ],
    },
    users,
    groups,
    ...more,
  };
}
