import type { DirectoryObject } from '../../directory/change.ts';
import { checkAdministrator } from '../protocol/access.ts';
import { holds, type GraphCall } from '../protocol/graph-call.ts';
import { writeRoleAssignable } from '../protocol/permissions.ts';
import { masteredOnPremises } from '../protocol/property-refusals.ts';
import { denied } from '../protocol/refusals.ts';
import { findGroup } from './find-group.ts';
import { isRoleAssignable } from './group-kind.ts';
import { checkNotExchanges } from './rules/group-kind-rules.ts';

/** The group of the path, if it may be changed: it is Entra's own, and the caller may write one of its kind. */
export function groupToWrite(call: GraphCall): DirectoryObject {
  const group = groupToDelete(call);
  if (group.properties['onPremisesSyncEnabled'] === true) throw masteredOnPremises();
  return group;
}

/** The group of the path, if it may be deleted: a group from a directory on premises may. */
export function groupToDelete(call: GraphCall): DirectoryObject {
  const group = findGroup(call, call.tenant.directory);
  checkOwnerOrAdministrator(call, group);
  checkMayAssignRoles(call, group);
  checkNotExchanges(group);
  return group;
}

/** People write the groups that they own; those of others take an administrator. */
function checkOwnerOrAdministrator(call: GraphCall, { id }: DirectoryObject): void {
  const { token, tenant } = call;
  const owners = [...tenant.directory.ownerIds(id)];
  if (token.userId === undefined || !owners.includes(token.userId.toLowerCase())) checkAdministrator(call, 'groups');
}

/** A group that roles can be assigned to takes more than the permission for groups: who writes it makes administrators. */
export function checkMayAssignRoles(call: GraphCall, group: Pick<DirectoryObject, 'properties'>): void {
  if (isRoleAssignable(group) && !holds(call, writeRoleAssignable)) throw denied();
}
