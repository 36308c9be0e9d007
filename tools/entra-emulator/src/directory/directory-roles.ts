import type { DirectoryFile, DirectoryRoleEntry } from './directory-file.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';

/** An activated administrator role, as Graph shows it. */
export interface DirectoryRole {
  readonly id: string;
  readonly displayName: string;
}

/** Who administers the tenant. */
export interface DirectoryRoles {
  rolesOf(userId: string): DirectoryRole[];
}

/** The roles of a file; without any, its first enabled member is the Global Administrator, since every tenant has one. */
export function createDirectoryRoles(file: DirectoryFile): DirectoryRoles {
  const byUser = new Map<string, DirectoryRole[]>();
  for (const entry of file.directoryRoles ?? defaultRoles(file)) {
    const role = { id: stableGuid(`role ${entry.displayName} of ${file.tenant.id}`), displayName: entry.displayName };
    for (const { id } of entry.members) byUser.set(id, [...(byUser.get(id) ?? []), role]);
  }
  return { rolesOf: (userId) => byUser.get(userId) ?? [] };
}

function defaultRoles(file: DirectoryFile): DirectoryRoleEntry[] {
  const first = file.users.find((user) => user['accountEnabled'] !== false && user['userType'] !== 'Guest');
  return first ? [{ displayName: 'Global Administrator', members: [{ id: first.id }] }] : [];
}
