import type { DirectoryFile, DirectoryRoleEntry } from './directory-file.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';

/** An activated administrator role, as Graph shows it. */
export interface DirectoryRole {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  /** The same in all tenants. */
  readonly roleTemplateId: string;
}

/** Who administers the tenant. */
export interface DirectoryRoles {
  rolesOf(userId: string): DirectoryRole[];
}

/** Microsoft's templates of the roles that administer people, groups and applications. */
const templates: ReadonlyMap<string, string> = new Map([
  ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
  ['Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'],
  ['User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1'],
  ['Groups Administrator', 'fdd7a751-b60b-444a-984c-02652fe8fa1c'],
  ['Application Administrator', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'],
]);

/** The roles of a file; without any, its first enabled member is the Global Administrator, since every tenant has one. */
export function createDirectoryRoles(file: DirectoryFile): DirectoryRoles {
  const byUser = new Map<string, DirectoryRole[]>();
  for (const entry of file.directoryRoles ?? defaultRoles(file)) {
    const role = directoryRole(entry, file.tenant.id);
    for (const { id } of entry.members) byUser.set(id, [...(byUser.get(id) ?? []), role]);
  }
  return { rolesOf: (userId) => byUser.get(userId) ?? [] };
}

function directoryRole(entry: DirectoryRoleEntry, tenantId: string): DirectoryRole {
  const { displayName, description = null } = entry;
  return {
    id: entry.id ?? stableGuid(`role ${displayName} of ${tenantId}`),
    displayName,
    description,
    roleTemplateId: entry.roleTemplateId ?? templates.get(displayName) ?? stableGuid(`role ${displayName}`),
  };
}

function defaultRoles(file: DirectoryFile): DirectoryRoleEntry[] {
  const first = file.users.find((user) => user['accountEnabled'] !== false && user['userType'] !== 'Guest');
  return first ? [{ displayName: 'Global Administrator', members: [{ id: first.id }] }] : [];
}
