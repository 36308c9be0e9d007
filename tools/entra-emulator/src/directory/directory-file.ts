import type { Application, Tenant } from '../entra/ports.ts';
import type { JsonValue } from '../json.ts';

/** A user of a directory file: Graph's property names, and two links that Graph keeps apart. */
export interface UserEntry {
  id: string;
  displayName: string;
  userPrincipalName: string;
  manager?: { id: string };
  /** Base64 of a PNG, JPEG or GIF, or the name of such a file, relative to the directory file. */
  photo?: string;
  [property: string]: JsonValue | undefined;
}

/** A member of a group of a directory file. */
export interface MemberEntry {
  '@odata.type': '#microsoft.graph.user' | '#microsoft.graph.group';
  id: string;
}

/** A group of a directory file. */
export interface GroupEntry {
  id: string;
  displayName: string;
  members?: MemberEntry[];
  [property: string]: JsonValue | MemberEntry[] | undefined;
}

/** An activated administrator role and the users who hold it. */
export interface DirectoryRoleEntry {
  displayName: string;
  members: { id: string }[];
}

/** One tenant as a file: what the emulator starts from. Ids are GUIDs in lower case once parsed. */
export interface DirectoryFile {
  tenant: Tenant;
  users: UserEntry[];
  groups: GroupEntry[];
  applications?: Application[];
  /** Who administers the tenant. Without it the first enabled member of the file does. */
  directoryRoles?: DirectoryRoleEntry[];
  rootGroupId?: string;
}
