import type { Tenant } from '../entra/ports.ts';
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
  const { manager: _manager, photo: _photo, ...properties } = user;
  // What Entra fills in for an account that was made without saying more.
  return object('user', { accountEnabled: true, userType: 'Member', ...properties, id: user.id });
}

function groupObject(group: GroupEntry): DirectoryObject {
  const { members: _members, ...properties } = group;
  return object('group', { ...properties, id: group.id } as DirectoryObject['properties'] & { id: string });
}

function object(kind: ObjectKind, properties: DirectoryObject['properties'] & { id: string }): DirectoryObject {
  return { kind, id: properties.id, properties };
}
