const PORTAL = 'https://entra.microsoft.com/#view';

/** Pages of Microsoft's own portal. */
export const entra = {
  users: `${PORTAL}/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers`,
  user: (personId: string) =>
    `${PORTAL}/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/${encodeURIComponent(personId)}`,
  groupMembers: (groupId: string) =>
    `${PORTAL}/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Members/groupId/${encodeURIComponent(groupId)}`,
} as const;
