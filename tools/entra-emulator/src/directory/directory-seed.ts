import type { Tenant } from '../entra/ports.ts';
import { without, type JsonObject } from '../json.ts';
import type { DirectoryObject, ObjectKind } from './change.ts';
import type { DirectoryFile, GroupEntry, UserEntry } from './directory-file.ts';

/** A tenant at sequence 0: what every copy of the directory starts from. Shared between copies, so never changed. */
export interface DirectorySeed {
  readonly tenant: Tenant;
  readonly objects: readonly DirectoryObject[];
  readonly managers: readonly (readonly [userId: string, managerId: string])[];
  readonly members: readonly (readonly [groupId: string, memberIds: readonly string[]])[];
}

/** The seed of a parsed directory file. Photos are kept elsewhere: to Graph they are no directory property. */
export function directorySeed(file: DirectoryFile): DirectorySeed {
  return {
    tenant: file.tenant,
    objects: [...file.users.map(userObject), ...file.groups.map(groupObject)],
    managers: file.users.flatMap((user) => (user.manager ? [[user.id, user.manager.id] as const] : [])),
    members: file.groups.map((group) => [group.id, (group.members ?? []).map((member) => member.id)] as const),
  };
}

function userObject(user: UserEntry): DirectoryObject {
  // What Entra fills in for an account that was made without saying more.
  return object('user', user.id, { accountEnabled: true, userType: 'Member', ...without(user, 'manager', 'photo') });
}

function groupObject(group: GroupEntry): DirectoryObject {
  return object('group', group.id, without(group as JsonObject, 'members'));
}

function object(kind: ObjectKind, id: string, properties: JsonObject): DirectoryObject {
  return { kind, id, properties: { ...properties, id } };
}
