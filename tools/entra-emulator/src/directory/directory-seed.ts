import type { Application, Tenant } from '../entra/ports.ts';
import { without, type JsonObject } from '../json.ts';
import type { DirectoryObject, Relation } from './change.ts';
import { defaultApplication } from './default-application.ts';
import type { DirectoryFile, GroupEntry, MemberEntry, UserEntry } from './directory-file.ts';
import type { ObjectKind } from './object-kind.ts';
import { describeServicePrincipal, servicePrincipalId } from './service-principal.ts';

/** A tenant at sequence 0: what every copy of the directory starts from. Shared between copies, so never changed. */
export interface DirectorySeed {
  readonly tenant: Tenant;
  readonly objects: readonly DirectoryObject[];
  readonly links: readonly (readonly [relation: Relation, id: string, targetIds: readonly string[]])[];
}

/** The seed of a parsed directory file. Photos are kept elsewhere: to Graph they are no directory property. */
export function directorySeed(file: DirectoryFile): DirectorySeed {
  return {
    tenant: file.tenant,
    objects: [
      ...file.users.map(userObject),
      ...file.groups.map(groupObject),
      ...(file.devices ?? []).map((device) => object('device', device.id, device)),
      ...(file.contacts ?? []).map((contact) => object('orgContact', contact.id, contact)),
      ...principalsOf(file),
    ],
    links: [
      ...file.users.flatMap((user) => (user.manager ? [['manager', user.id, [user.manager.id]] as const] : [])),
      ...file.groups.map((group) => ['members', group.id, idsOf(group.members)] as const),
      ...file.groups.map((group) => ['owners', group.id, idsOf(group.owners)] as const),
    ],
  };
}

/** The applications of a file; without any, one that may read and write everything. */
export function applicationsOf(file: DirectoryFile): readonly Application[] {
  return file.applications ?? [defaultApplication(file.tenant)];
}

function idsOf(members: readonly MemberEntry[] | undefined): string[] {
  return (members ?? []).map(({ id }) => id);
}

function userObject(user: UserEntry): DirectoryObject {
  // What Entra fills in for an account that was made without saying more.
  return object('user', user.id, { accountEnabled: true, userType: 'Member', ...without(user, 'manager', 'photo') });
}

function groupObject(group: GroupEntry): DirectoryObject {
  return object('group', group.id, without(group as JsonObject, 'members', 'owners'));
}

/** One for each application of the tenant and each of another that is installed; what an entry says goes first. */
function principalsOf({ tenant, servicePrincipals = [], ...file }: DirectoryFile): DirectoryObject[] {
  const own = applicationsOf({ tenant, ...file });
  const foreign = servicePrincipals.filter((entry) => !own.some(({ appId }) => appId === entry.appId));
  return [...own, ...foreign].map((application) => {
    const entry = servicePrincipals.find(({ appId }) => appId === application.appId);
    const {
      appOwnerOrganizationId = tenant.id,
      accountEnabled = true,
      appRoleAssignmentRequired = false,
    } = entry ?? {};
    return object('servicePrincipal', servicePrincipalId(tenant.id, application.appId), {
      ...describeServicePrincipal(appOwnerOrganizationId, application),
      accountEnabled,
      appRoleAssignmentRequired,
    });
  });
}

function object(kind: ObjectKind, id: string, properties: JsonObject): DirectoryObject {
  return { kind, id, properties: { ...properties, id } };
}
