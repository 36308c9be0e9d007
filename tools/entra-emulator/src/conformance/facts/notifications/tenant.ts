import type { DirectoryFile } from '../../../directory/directory-file.ts';
import type { Application } from '../../../entra/ports.ts';
import { openFactWorld, type FactWorld, type FactWorldOptions } from '../../fact-world.ts';

/** The tenant of the facts about notifications. */
export const TENANT = '00000000-0000-4000-8000-00000000cafe';
/** A person. */
export const ADELE = '10000000-0000-4000-8000-000000000001';
/** Another one. */
export const BRIAN = '10000000-0000-4000-8000-000000000002';
/** A member of the inner group alone. */
export const CHRIS = '10000000-0000-4000-8000-000000000003';
/** Has the inner group as a member. */
export const OUTER = '20000000-0000-4000-8000-000000000001';
export const INNER = '20000000-0000-4000-8000-000000000002';
/** A Microsoft 365 group: its deletion goes through the recycle bin. */
export const TEAM = '20000000-0000-4000-8000-000000000003';

const application = (number: number, appRoles: string[]): Application => ({
  appId: `c000000${number}-0000-4000-8000-000000000000`,
  displayName: `Application ${number}`,
  passwordCredentials: [{ secretText: `secret ${number}` }],
  web: { redirectUris: [] },
  appRoles,
});

/** May read and write everything. */
export const everything: Application = {
  ...application(1, ['Directory.ReadWrite.All', 'Organization.Read.All', 'Application.Read.All']),
  signInAudience: 'AzureADMultipleOrgs',
};
/** May read users, and the members of groups, which is not enough to be told of them. */
export const membersReader = application(2, ['User.Read.All', 'GroupMember.Read.All']);
/** May read groups, and be told of them, but not users. */
export const groupsReader = application(3, ['Group.Read.All']);

/** Another tenant, in which the first application is installed too. */
export const OTHER_TENANT = '00000000-0000-4000-8000-00000000beef';
/** A person there. */
export const ERIN = '10000000-0000-4000-8000-000000000005';

const otherDirectory: DirectoryFile = {
  tenant: {
    id: OTHER_TENANT,
    displayName: 'Fabrikam',
    verifiedDomains: [{ name: 'fabrikam.example', isDefault: true }],
  },
  users: [{ id: ERIN, displayName: 'Erin Hall', userPrincipalName: 'erin@fabrikam.example' }],
  groups: [],
  servicePrincipals: [
    {
      appId: everything.appId,
      displayName: everything.displayName,
      appOwnerOrganizationId: TENANT,
      appRoles: everything.appRoles,
    },
  ],
};

const directory: DirectoryFile = {
  tenant: {
    id: TENANT,
    displayName: 'Contoso',
    verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
  },
  users: [
    { id: ADELE, displayName: 'Adele Vance', userPrincipalName: 'adele@contoso.example' },
    { id: BRIAN, displayName: 'Brian Johnson', userPrincipalName: 'brian@contoso.example' },
    { id: CHRIS, displayName: 'Chris Green', userPrincipalName: 'chris@contoso.example' },
  ],
  groups: [
    { id: OUTER, displayName: 'Outer', members: [{ '@odata.type': '#microsoft.graph.group', id: INNER }] },
    { id: INNER, displayName: 'Inner', members: [{ '@odata.type': '#microsoft.graph.user', id: CHRIS }] },
    { id: TEAM, displayName: 'Team', groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false },
  ],
  applications: [everything, membersReader, groupsReader],
};

/** Starts an emulator of those tenants. */
export function openNotificationWorld(options: Partial<FactWorldOptions> = {}): Promise<FactWorld> {
  return openFactWorld({ directory, otherTenants: [otherDirectory], notificationGatherMs: 100, ...options });
}

/** A token of the first application in the other tenant. */
export async function otherToken(world: FactWorld): Promise<string> {
  const { status, body } = await world.call('POST', `${world.emulator.httpUrl}/${OTHER_TENANT}/oauth2/v2.0/token`, {
    token: null,
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: everything.appId,
      client_secret: everything.passwordCredentials[0]?.secretText ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  return (body as { access_token: string }).access_token;
}
