import type { ObjectKind } from '../../directory/object-kind.ts';

// Application permissions that open a part of Graph, least first, as Graph's permission reference lists them.

const directoryRead = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const directoryWrite = ['Directory.ReadWrite.All'];

/** What a question about an object of whatever kind takes. */
export const readDirectory = directoryRead;

export const readUsers = ['User.Read.All', 'User.ReadWrite.All', ...directoryRead];
export const writeUsers = ['User.ReadWrite.All', ...directoryWrite];

export const revokeSessions = ['User.RevokeSessions.All', ...writeUsers];

/** What it takes besides to set a password, and the day on which somebody leaves. */
export const writePasswords = ['User-PasswordProfile.ReadWrite.All', 'Directory.AccessAsUser.All'];
export const writeLeaveDates = ['User-LifeCycleInfo.ReadWrite.All'];

/** Enough to know a group; GroupMember.Read.All is the least. */
export const readGroups = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...directoryRead,
];
export const writeGroups = ['Group.ReadWrite.All', ...directoryWrite];
/** What it takes to see groups in the recycle bin: more than knowing their members. */
export const readDeletedGroups = ['Group.Read.All', 'Group.ReadWrite.All', ...directoryRead];
/** What is enough to take people out of the recycle bin, or out of it for good. */
export const restoreUsers = ['User.DeleteRestore.All', ...writeUsers];
export const createGroups = ['Group.Create', ...writeGroups];
/** What it takes besides to write a group that an administrator's role can be assigned to. */
export const writeRoleAssignable = ['RoleManagement.ReadWrite.Directory'];
export const writeMembers = ['GroupMember.ReadWrite.All', ...writeGroups];

/** Change notifications about groups ask for more than reading their members does. */
export const subscribeGroups = ['Group.Read.All', 'Group.ReadWrite.All', ...directoryRead];

export const readPhotos = [
  'ProfilePhoto.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'User.Read.All',
  'User.ReadWrite.All',
];
export const writePhotos = ['ProfilePhoto.ReadWrite.All', 'User.ReadWrite.All'];
export const readOrganization = ['Organization.Read.All', ...directoryRead];
export const readApplications = ['Application.Read.All', ...directoryRead];

export const readRoles = ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', ...directoryRead];
export const readDevices = ['Device.Read.All', ...directoryRead];
export const readContacts = ['OrgContact.Read.All', ...directoryRead];

/** What it takes to see more of an object than that it is there. */
export const readPermissions: Readonly<Record<ObjectKind, readonly string[]>> = {
  user: readUsers,
  group: readGroups,
  device: readDevices,
  orgContact: readContacts,
  servicePrincipal: readApplications,
};
