import type { DirectoryFile, GroupEntry, MemberEntry } from '../../directory/directory-file.ts';
import { allAppRoles } from '../../directory/default-application.ts';
import { servicePrincipalId } from '../../directory/service-principal.ts';
import type { Application } from '../../entra/ports.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';

const tenantId = '00000000-0000-4000-8000-00000000cafe';

/** Applications by what they may do. The first one may do everything. */
export const applications = {
  all: application(1, allAppRoles),
  membersOnly: application(2, ['GroupMember.Read.All']),
  members: application(3, ['GroupMember.Read.All', 'User.Read.All']),
  usersOnly: application(4, ['User.Read.All']),
  nothing: application(5, []),
  photosOnly: application(6, ['ProfilePhoto.Read.All']),
} as const;

/** Groups that differ in what they hold. */
export const groups = {
  /** Users 1 and 2, `nested`, a device and a contact. */
  root: groupId(1),
  /** User 3 and `deep`. */
  nested: groupId(2),
  /** User 4 and `root` again. */
  deep: groupId(3),
  microsoft365: groupId(4),
  hidden: groupId(5),
  dynamic: groupId(6),
  /** All 1,100 users. */
  large: groupId(7),
  empty: groupId(8),
  /** `hidden`. */
  around: groupId(9),
} as const;

/** Members of `root`; the service principal has to be added first. */
export const otherMembers = {
  device: '30000000-0000-4000-8000-000000000001',
  contact: '40000000-0000-4000-8000-000000000001',
  servicePrincipal: servicePrincipalId(tenantId, applications.all.appId),
} as const;

const peopleCount = 1100;

/** A company whose groups hold every type of member. */
export function memberCompany(): DirectoryFile {
  const people = Array.from({ length: peopleCount }, (_, n) => user(n + 1));
  return contoso(people, [...nestedGroups(), ...specialGroups()], {
    devices: [{ id: otherMembers.device, displayName: 'Laptop 1', operatingSystem: 'Windows' }],
    contacts: [{ id: otherMembers.contact, displayName: 'Casey Contact', mail: 'casey@elsewhere.example' }],
    applications: Object.values(applications),
    directoryRoles: [{ displayName: 'Global Administrator', members: [{ id: userId(1) }] }],
  });
}

function nestedGroups(): GroupEntry[] {
  const root = group(1, [userId(1), userId(2), groups.nested], { description: 'Root of OneVideo' });
  const others: MemberEntry[] = [
    { '@odata.type': '#microsoft.graph.device', id: otherMembers.device },
    { '@odata.type': '#microsoft.graph.orgContact', id: otherMembers.contact },
  ];
  return [
    { ...root, members: [...(root.members ?? []), ...others] },
    group(2, [userId(3), groups.deep]),
    group(3, [userId(4), groups.root]),
  ];
}

function specialGroups(): GroupEntry[] {
  const everybody = Array.from({ length: peopleCount }, (_, n) => userId(n + 1));
  return [
    group(4, [userId(1)], { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false }),
    group(5, [userId(1)], { groupTypes: ['Unified'], visibility: 'HiddenMembership' }),
    group(6, [userId(1), userId(2)], {
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.department -eq "Sales"',
      membershipRuleProcessingState: 'On',
    }),
    group(7, everybody),
    group(8),
    group(9, [groups.hidden]),
  ];
}

function application(n: number, appRoles: readonly string[]): Application {
  return {
    appId: `50000000-0000-4000-8000-00000000000${n}`,
    displayName: `Application ${n}`,
    passwordCredentials: [{ secretText: `secret ${n}` }],
    web: { redirectUris: [] },
    appRoles,
  };
}
