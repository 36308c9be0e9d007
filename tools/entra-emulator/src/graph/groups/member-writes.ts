import type { DirectoryObject } from '../../directory/change.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readJsonBody } from '../protocol/graph-request.ts';
import { writeMembers } from '../protocol/permissions.ts';
import { badRequest, notFound } from '../protocol/refusals.ts';
import { referencedId } from '../users/manager.ts';
import { findGroup, isMicrosoft365 } from './find-group.ts';

/** Adding and removing direct members. */
export const memberWrites: readonly Route[] = [
  {
    method: 'POST',
    path: '/groups/{group}/members/$ref',
    permissions: writeMembers,
    handle(call) {
      const group = findGroup(call);
      const memberId = referencedId(readJsonBody(call.request));
      checkNewMembers(call, group, [memberId]);
      call.tenant.writes.update(group, {}, { members: [memberId] });
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/groups/{group}/members/{member}/$ref',
    permissions: writeMembers,
    handle(call) {
      const group = findGroup(call);
      const memberId = parameter(call, 'member').toLowerCase();
      if (!call.tenant.directory.isMember(group.id, memberId)) throw notFound(memberId);
      call.tenant.writes.removeLink(group, 'members', memberId);
      return { status: 204 };
    },
  },
];

/** Refuses members that don't exist, that are members already, or that the group can't have. */
export function checkNewMembers(
  { tenant }: Pick<GraphCall, 'tenant'>,
  group: Pick<DirectoryObject, 'id' | 'properties'>,
  memberIds: readonly string[],
): void {
  for (const id of memberIds) {
    const member = tenant.directory.find(id);
    if (member === undefined) throw notFound(id);
    if (tenant.directory.isMember(group.id, id)) {
      throw badRequest(
        "One or more added object references already exist for the following modified properties: 'members'.",
      );
    }
    if (member.kind === 'group' && isMicrosoft365(group)) {
      throw badRequest('A Microsoft 365 group cannot contain groups.');
    }
  }
}
