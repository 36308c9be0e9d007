import type { DirectoryFile, GroupEntry, UserEntry } from '../../../directory/directory-file.ts';
import type { Application } from '../../../entra/application.ts';

export const CONTOSO = '00000000-0000-4000-8000-00000000c0de';
export const FABRIKAM = '00000000-0000-4000-8000-00000000fab1';
export const CALLBACK = 'http://localhost:3000/auth/callback';
export const SECRET = 'a secret: 1/2';
export const EXPIRED_SECRET = 'a secret of last year';

/** The nth person of Contoso. */
function person(n: number, name: string, more: Partial<UserEntry> = {}): UserEntry {
  const [first = '', last = ''] = name.split(' ');
  return {
    id: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    displayName: name,
    givenName: first,
    surname: last,
    userPrincipalName: `${first.toLowerCase()}@contoso.example`,
    ...more,
  };
}

const GUEST = { userType: 'Guest' };

/** Adele administers Contoso. Her address is in a domain that it does not own. */
export const adele = person(1, 'Adele Vance', { mail: 'adele@elsewhere.example' });
export const diego = person(2, 'Diego Siciliani', { mail: 'diego@contoso.example' });
export const dana = person(3, 'Dana Disabled', { accountEnabled: false });
export const lee = person(4, 'Lee Locked');
export const nia = person(5, 'Nia Newcomer');
/** A guest whose home tenant is not here. */
export const gus = person(6, 'Gus Guest', {
  ...GUEST,
  userPrincipalName: 'gus_partner.example#EXT#@contoso.example',
  mail: 'gus@partner.example',
});
/** Pat of Fabrikam as a guest. */
export const patAsGuest = person(7, 'Pat Partner', {
  ...GUEST,
  userPrincipalName: 'pat_fabrikam.example#EXT#@contoso.example',
  mail: 'pat@fabrikam.example',
});
export const many = person(8, 'Mina Many');
/** Somebody whose account is disabled on the way. */
export const leaver = person(9, 'Lou Leaver');

/** Pat administers Fabrikam. */
export const pat: UserEntry = {
  id: '30000000-0000-4000-8000-000000000001',
  displayName: 'Pat Partner',
  userPrincipalName: 'pat@fabrikam.example',
  mail: 'pat@fabrikam.example',
};
export const quin: UserEntry = {
  id: '30000000-0000-4000-8000-000000000002',
  displayName: 'Quin Quiet',
  userPrincipalName: 'quin@fabrikam.example',
};

/** The nth application of Contoso. */
function application(n: number, displayName: string, more: Partial<Application> = {}): Application {
  return {
    appId: `40000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    displayName,
    passwordCredentials: [{ secretText: SECRET }],
    web: { redirectUris: [CALLBACK] },
    appRoles: [],
    ...more,
  };
}

const anyTenant = { signInAudience: 'AzureADMultipleOrgs' } as const;
const { redirectUris } = application(0, '').web;

/** What each application is there for is its name. */
export const applications = {
  portal: application(1, 'Portal', {
    appRoles: ['User.Read.All'],
    web: { redirectUris, logoutUrl: 'http://localhost:3000/auth/front-channel-logout' },
    optionalClaims: { idToken: [{ name: 'sid' }, { name: 'login_hint' }, { name: 'acct' }, { name: 'xms_edov' }] },
  }),
  forAnyTenant: application(2, 'For any tenant', { ...anyTenant, requiredAppRoles: ['User.Read.All'] }),
  withoutRoles: application(3, 'Without roles'),
  withOldSecret: application(4, 'With an old secret', {
    passwordCredentials: [
      { secretText: EXPIRED_SECRET, endDateTime: '2020-01-01T00:00:00Z' },
      { secretText: SECRET, endDateTime: '2999-01-01T00:00:00Z' },
    ],
  }),
  publicClient: application(5, 'Public client', { passwordCredentials: [] }),
  forSome: application(6, 'For some'),
  switchedOff: application(7, 'Switched off'),
  implicit: application(8, 'Implicit', {
    web: { redirectUris, implicitGrantSettings: { enableIdTokenIssuance: true } },
  }),
  blocked: application(9, 'Blocked'),
  careful: application(10, 'Careful'),
  withUpn: application(11, 'With upn', {
    optionalClaims: {
      idToken: [{ name: 'upn', additionalProperties: ['include_externally_authenticated_upn'] }, { name: 'email' }],
    },
  }),
  withGroups: application(12, 'With groups', { groupMembershipClaims: 'All' }),
  asksForNothing: application(13, 'Asks for nothing', { requiredScopes: [] }),
  waiting: application(14, 'Waiting', { requiredAppRoles: ['User.Read.All'], requiredScopes: ['openid', 'User.Read'] }),
  careless: application(15, 'Careless', {
    ...anyTenant,
    authenticationBehaviors: { removeUnverifiedEmailClaim: false },
  }),
  administration: application(16, 'Administration', { appRoles: ['User.ReadWrite.All'] }),
} satisfies Record<string, Application>;

function group(n: number, memberIds: readonly string[]): GroupEntry {
  return {
    id: `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    displayName: `Group ${n}`,
    members: memberIds.map((id) => ({
      '@odata.type': id.startsWith('1') ? '#microsoft.graph.user' : '#microsoft.graph.group',
      id,
    })),
  };
}

/** Group 1 is in group 2, and Adele in group 1. Mina is in too many to be listed. */
const groups = [
  group(1, [adele.id]),
  group(2, ['20000000-0000-4000-8000-000000000001']),
  ...Array.from({ length: 201 }, (_, index) => group(index + 3, [many.id])),
];
/** Diego is assigned to an application, and group 2 is. */
const ASSIGNED = [diego.id, '20000000-0000-4000-8000-000000000002'];

const { forSome, switchedOff, blocked, careful } = applications;
const standing = (
  { appId, displayName }: Application,
  changes: Partial<NonNullable<DirectoryFile['servicePrincipals']>[number]>,
) => ({ appId, displayName, ...changes });

export const contosoFile: DirectoryFile = {
  tenant: {
    id: CONTOSO,
    displayName: 'Contoso',
    verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
  },
  users: [adele, diego, dana, lee, nia, gus, patAsGuest, many, leaver],
  groups,
  applications: Object.values(applications),
  servicePrincipals: [
    standing(forSome, { appRoleAssignmentRequired: true, assignedTo: ASSIGNED }),
    standing(switchedOff, { accountEnabled: false }),
    standing(applications.waiting, { appRoles: [], scopes: [] }),
  ],
  directoryRoles: [{ displayName: 'Global Administrator', members: [{ id: adele.id }] }],
  signInPolicies: {
    lockedUsers: [lee.id],
    usersWithoutMfa: [nia.id],
    conditionalAccess: [
      { includeUsers: ['All'], includeApplications: [blocked.appId], control: 'block' },
      { includeUsers: ['All'], includeApplications: [careful.appId], control: 'mfa' },
    ],
  },
};

export const fabrikamFile: DirectoryFile = {
  tenant: {
    id: FABRIKAM,
    displayName: 'Fabrikam',
    verifiedDomains: [{ name: 'fabrikam.example', isDefault: true }],
  },
  users: [pat, quin],
  groups: [],
  applications: [application(99, 'Of Fabrikam')],
  directoryRoles: [{ displayName: 'Global Administrator', members: [{ id: pat.id }] }],
};
