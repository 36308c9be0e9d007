import type { Application, ServicePrincipal } from '../entra/application.ts';
import type { Tenant } from '../entra/ports.ts';
import type { SignInPolicies } from '../entra/sign-in-policies.ts';
import type { JsonValue } from '../json.ts';
import type { TypeName } from './object-kind.ts';

/** A user of a directory file: Graph's property names, and two links that Graph keeps apart. */
export interface UserEntry {
  id: string;
  displayName: string;
  userPrincipalName: string;
  /** A user or a contact. */
  manager?: { id: string };
  /** Base64 of a PNG, JPEG or GIF, or the name of such a file, relative to the directory file. */
  photo?: string;
  [property: string]: JsonValue | undefined;
}

/** A member or an owner of a group of a directory file. */
export interface MemberEntry {
  '@odata.type': TypeName;
  id: string;
}

/** A group of a directory file. */
export interface GroupEntry {
  id: string;
  displayName: string;
  members?: MemberEntry[];
  owners?: MemberEntry[];
  [property: string]: JsonValue | MemberEntry[] | undefined;
}

/** A device or a contact of a directory file: what groups can have as members beside people and groups. */
export interface OtherEntry {
  id: string;
  displayName: string;
  [property: string]: JsonValue | undefined;
}

/** An activated administrator role and the users who hold it. */
export interface DirectoryRoleEntry {
  displayName: string;
  /** Derived from the name when it is left out, as is the template's. */
  id?: string;
  description?: string;
  roleTemplateId?: string;
  members: { id: string }[];
}

/** How an application stands in the tenant: another tenant's that is installed, or what differs for one of its own. */
export type ServicePrincipalEntry = Pick<ServicePrincipal, 'appId' | 'displayName'> &
  Partial<
    Pick<ServicePrincipal, 'accountEnabled' | 'appRoleAssignmentRequired' | 'assignedTo' | 'appRoles' | 'scopes'>
  > & {
    /** The tenant where it is registered; this one by default. */
    readonly appOwnerOrganizationId?: string;
  };

/** One tenant as a file: what the emulator starts from. Ids are GUIDs in lower case once parsed. */
export interface DirectoryFile {
  tenant: Tenant;
  users: UserEntry[];
  groups: GroupEntry[];
  devices?: OtherEntry[];
  contacts?: OtherEntry[];
  applications?: Application[];
  servicePrincipals?: ServicePrincipalEntry[];
  /** What its administrators have decided about signing in. */
  signInPolicies?: SignInPolicies;
  /** Who administers the tenant. Without it the first enabled member of the file does. */
  directoryRoles?: DirectoryRoleEntry[];
  /** What the description of a photo that isn't there is: 404, as by default, or one of 1x1, as Microsoft documents. */
  missingPhotos?: 'absent' | 'described';
  /** The group that a demonstration provisions. */
  rootGroupId?: string;
}
