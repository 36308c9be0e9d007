import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { readJsonBody } from '../protocol/graph-request.ts';
import { writeGroups, writeMembers } from '../protocol/permissions.ts';
import { badRequest, denied } from '../protocol/refusals.ts';
import { holds } from '../protocol/graph-call.ts';
import { checkProperties } from '../query/check-properties.ts';
import { project } from '../query/projection.ts';
import { idOfReference } from '../users/manager.ts';
import { findGroup, isMicrosoft365 } from './find-group.ts';
import { checkNewMembers } from './member-writes.ts';

/** How many members one request may bind. */
const MAX_BOUND = 20;

const required = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'];

/** Making, changing and deleting groups. */
export const groupWrites: readonly Route[] = [
  {
    method: 'POST',
    path: '/groups',
    permissions: writeGroups,
    handle(call) {
      const { properties, memberIds } = readGroup(call);
      const missing = required.find((name) => properties[name] === undefined || properties[name] === null);
      if (missing !== undefined) throw badRequest(`A value is required for property '${missing}' of resource 'Group'.`);
      const id = randomUUID();
      const complete = { groupTypes: [], createdDateTime: call.now.toISOString(), ...properties };
      checkNewMembers(call, { id, properties: complete }, memberIds);
      const group = call.tenant.writes.create('group', id, complete, { members: memberIds });
      const context = `${call.request.origin}/v1.0/$metadata#groups/$entity`;
      return { status: 201, body: { '@odata.context': context, ...project(group, undefined) } };
    },
  },
  {
    method: 'PATCH',
    path: '/groups/{group}',
    permissions: writeMembers,
    handle(call) {
      const group = findGroup(call);
      const { properties, memberIds } = readGroup(call);
      // Enough to add members is not enough to rename the group.
      if (Object.keys(properties).length > 0 && !holds(call, writeGroups)) throw denied();
      checkNewMembers(call, group, memberIds);
      call.tenant.writes.update(group, properties, { members: memberIds });
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/groups/{group}',
    permissions: writeGroups,
    handle(call) {
      const group = findGroup(call);
      // Only Microsoft 365 groups go through the recycle bin; a security group is gone at once.
      if (isMicrosoft365(group)) call.tenant.writes.softDelete(group);
      else call.tenant.writes.purge(group);
      return { status: 204 };
    },
  },
];

function readGroup(call: GraphCall): { properties: JsonObject; memberIds: string[] } {
  const { 'members@odata.bind': bind, ...properties } = readJsonBody(call.request);
  checkProperties('group', properties);
  return { properties, memberIds: boundIds(bind) };
}

function boundIds(bind: JsonValue | undefined): string[] {
  if (bind === undefined) return [];
  if (!Array.isArray(bind)) throw badRequest("Invalid value specified for property 'members' of resource 'Group'.");
  if (bind.length > MAX_BOUND) {
    throw badRequest(`The number of references in the request exceeds the limit of ${MAX_BOUND}.`);
  }
  const ids = bind.map(idOfReference);
  if (new Set(ids).size < ids.length)
    throw badRequest("A reference is repeated in property 'members' of resource 'Group'.");
  return ids;
}
