import type { DirectoryObject } from '../../../directory/change.ts';
import type { Directory } from '../../../directory/directory.ts';
import { invalidReferences, repeatedReferences } from '../../protocol/property-refusals.ts';
import { badRequest, denied } from '../../protocol/refusals.ts';
import { isDynamic, isMicrosoft365, isRoleAssignable } from '../group-kind.ts';

type Group = Pick<DirectoryObject, 'id' | 'properties'>;

/** How many owners a group can have. */
const MAX_OWNERS = 100;

/** Refuses members that the group has already, or can't have. */
export function checkNewMembers(directory: Directory, group: Group, members: readonly DirectoryObject[]): void {
  if (members.length === 0) return;
  checkMembersByHand(group);
  for (const member of members) checkMayBeMember(group, member);
  if (repeats(members) || members.some(({ id }) => directory.isMember(group.id, id)))
    throw repeatedReferences('members');
}

/** Whether somebody may be added to a group or taken out of it: not where a rule decides. */
export function checkMembersByHand(group: Group): void {
  if (isDynamic(group)) throw denied();
}

/** Refuses owners that the group has already, or can't have: only users and service principals own. */
export function checkNewOwners(directory: Directory, group: Group, owners: readonly DirectoryObject[]): void {
  const present = new Set(directory.ownerIds(group.id));
  if (owners.some(({ kind }) => kind !== 'user' && kind !== 'servicePrincipal')) throw invalidReferences('owners');
  if (repeats(owners) || owners.some(({ id }) => present.has(id))) throw repeatedReferences('owners');
  if (present.size + owners.length > MAX_OWNERS)
    throw badRequest(`The number of owners of the group exceeds the limit of ${MAX_OWNERS}.`);
}

/** Refuses to take the last person away from the owners, unless administrators look after the group. */
export function checkOwnersLeft(directory: Directory, group: Group, leaving: DirectoryObject | undefined): void {
  if (leaving?.kind !== 'user' || isRoleAssignable(group)) return;
  const others = [...directory.ownerIds(group.id)].filter((id) => id !== leaving.id);
  if (!others.some((id) => directory.find(id)?.kind === 'user'))
    throw badRequest('The group must have at least one owner, hence this owner cannot be removed.');
}

function checkMayBeMember(group: Group, member: DirectoryObject): void {
  if (isMicrosoft365(group)) {
    if (member.kind === 'group') throw groupInMicrosoft365(member);
    if (member.kind !== 'user') throw invalidReferences('members');
  }
  if (member.kind !== 'group') return;
  if (isRoleAssignable(group))
    throw badRequest('Nesting is currently not supported for groups that can be assigned to a role.');
  if (member.id === group.id || isMicrosoft365(member)) throw invalidReferences('members');
}

function groupInMicrosoft365(member: DirectoryObject): Error {
  const kind = isMicrosoft365(member) ? 'Unified' : 'Security';
  return badRequest(
    `${kind} Groups cannot be added to Unified Groups. paramName: Members, paramValue: , objectType: Microsoft.Online.DirectoryServices.Group`,
  );
}

function repeats(objects: readonly DirectoryObject[]): boolean {
  return new Set(objects.map(({ id }) => id)).size < objects.length;
}
