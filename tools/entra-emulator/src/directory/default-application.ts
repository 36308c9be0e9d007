import { createHash } from 'node:crypto';
import type { Application } from '../entra/application.ts';
import type { Tenant } from '../entra/ports.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';

/** Every application permission that the emulated part of Graph asks for. */
export const allAppRoles: readonly string[] = [
  'Application.Read.All',
  'AuditLog.Read.All',
  'CustomSecAttributeAssignment.Read.All',
  'Device.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Member.Read.Hidden',
  'OrgContact.Read.All',
  'Organization.Read.All',
  'ProfilePhoto.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'User-LifeCycleInfo.Read.All',
  'User-LifeCycleInfo.ReadWrite.All',
  'User-PasswordProfile.ReadWrite.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'User.RevokeSessions.All',
];

/** The application of a tenant whose file names none. Its id and secret depend on the tenant id alone. */
export function defaultApplication(tenant: Tenant): Application {
  const appId = stableGuid(`application of ${tenant.id}`);
  const secretText = createHash('sha256').update(`secret of ${appId}`).digest('base64url').slice(0, 40);
  return {
    appId,
    displayName: 'Learn Amp',
    passwordCredentials: [{ secretText }],
    web: {
      redirectUris: [
        'http://localhost:3000/auth/callback',
        'http://localhost:3000/auth/signed-out',
        'https://login.learnamp.com/auth/callback',
        'https://login.learnamp.com/auth/signed-out',
      ],
    },
    appRoles: allAppRoles,
    optionalClaims: { idToken: [{ name: 'sid' }, { name: 'login_hint' }] },
    groupMembershipClaims: 'DirectoryRole',
  };
}
