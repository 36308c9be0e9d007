/** OpenID's own scopes, which are no permissions at Graph. */
export const OPENID_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** Graph's delegated permissions that people may grant for themselves, as its permission reference lists them. */
const FOR_ONESELF = [
  'Calendars.Read',
  'Calendars.ReadBasic',
  'Calendars.ReadWrite',
  'Chat.Read',
  'Chat.ReadBasic',
  'Contacts.Read',
  'Contacts.ReadWrite',
  'Files.Read',
  'Files.Read.All',
  'Files.ReadWrite',
  'Files.ReadWrite.All',
  'Mail.Read',
  'Mail.ReadBasic',
  'Mail.ReadWrite',
  'Mail.Send',
  'MailboxSettings.Read',
  'MailboxSettings.ReadWrite',
  'Notes.Read',
  'Notes.ReadWrite',
  'People.Read',
  'Presence.Read',
  'Sites.Read.All',
  'Sites.ReadWrite.All',
  'Tasks.Read',
  'Tasks.ReadWrite',
  'Team.ReadBasic.All',
  'User.Read',
  'User.ReadBasic.All',
  'User.ReadWrite',
];

/** Those that only an administrator may grant. */
const BY_ADMINISTRATORS = [
  'AdministrativeUnit.Read.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'AuditLog.Read.All',
  'Directory.AccessAsUser.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Domain.Read.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Member.Read.Hidden',
  'Organization.Read.All',
  'Policy.Read.All',
  'ProfilePhoto.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'Reports.Read.All',
  'RoleManagement.Read.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
  'User.ReadWrite.All',
];

const known = new Map(
  [...OPENID_SCOPES, ...FOR_ONESELF, ...BY_ADMINISTRATORS].map((name) => [name.toLowerCase(), name]),
);
const restricted = new Set(BY_ADMINISTRATORS);

/** The permission as Graph spells it; undefined for one that the emulator does not know. */
export function delegatedPermission(name: string): string | undefined {
  return known.get(name.toLowerCase());
}

export function needsAdministrator(permission: string): boolean {
  return restricted.has(permission);
}
