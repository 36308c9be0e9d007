import type { Directory } from '../../directory/directory.ts';
import type { DirectoryObject } from '../../directory/change.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { writeGroups, writeMembers } from '../protocol/permissions.ts';
import { referencedObject } from '../protocol/reference.ts';
import { notFound } from '../protocol/refusals.ts';
import { groupToWrite } from './group-access.ts';
import { checkMembersByHand, checkNewMembers, checkNewOwners, checkOwnersLeft } from './rules/member-rules.ts';

/** Adding and removing direct members and owners. */
export const memberWrites: readonly Route[] = [
  {
    method: 'POST',
    path: '/groups/{group}/members/$ref',
    permissions: writeMembers,
    handle: (call) => add(call, 'members', checkNewMembers),
  },
  {
    method: 'DELETE',
    path: '/groups/{group}/members/{member}/$ref',
    permissions: writeMembers,
    handle(call) {
      const group = groupToWrite(call);
      checkMembersByHand(group);
      const memberId = parameter(call, 'member').toLowerCase();
      if (!call.tenant.directory.isMember(group.id, memberId)) throw notFound(memberId);
      call.tenant.writes.removeLink(group, 'members', memberId);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/groups/{group}/owners/$ref',
    permissions: writeGroups,
    handle: (call) => add(call, 'owners', checkNewOwners),
  },
  {
    method: 'DELETE',
    path: '/groups/{group}/owners/{owner}/$ref',
    permissions: writeGroups,
    handle(call) {
      const { directory, writes } = call.tenant;
      const group = groupToWrite(call);
      const ownerId = parameter(call, 'owner').toLowerCase();
      if (![...directory.ownerIds(group.id)].includes(ownerId)) throw notFound(ownerId);
      checkOwnersLeft(directory, group, directory.findEvenDeleted(ownerId));
      writes.removeLink(group, 'owners', ownerId);
      return { status: 204 };
    },
  },
];

type Check = (directory: Directory, group: DirectoryObject, targets: readonly DirectoryObject[]) => void;

function add(call: GraphCall, relation: 'members' | 'owners', check: Check): GraphAnswer {
  const { directory, writes } = call.tenant;
  const group = groupToWrite(call);
  const target = referencedObject(directory, readJsonBody(call.request)['@odata.id']);
  check(directory, group, [target]);
  writes.update(group, {}, { [relation]: [target.id] });
  return { status: 204 };
}
