import { securityIdentifier } from '../../directory/security-identifier.ts';
import type { JsonObject } from '../../json.ts';
import { holds, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { graphTime } from '../protocol/graph-time.ts';
import { createGroups, writeGroups, writeMembers } from '../protocol/permissions.ts';
import { missingValue } from '../protocol/property-refusals.ts';
import { denied } from '../protocol/refusals.ts';
import { checkProperties, withoutAnnotations } from '../query/check-properties.ts';
import { project } from '../query/projection.ts';
import { readBound, type GroupWrite } from './bound-references.ts';
import { checkMayAssignRoles, groupToDelete, groupToWrite } from './group-access.ts';
import { isMicrosoft365, isRoleAssignable } from './group-kind.ts';
import { checkNewKind, checkSameKind } from './rules/group-kind-rules.ts';
import { checkMailNickname, mailboxOf } from './rules/group-mail.ts';
import { groupWriteRules } from './rules/group-values.ts';
import { checkNewMembers, checkNewOwners } from './rules/member-rules.ts';

const required = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'];

/** Making, changing and deleting groups. */
export const groupWrites: readonly Route[] = [
  { method: 'POST', path: '/groups', permissions: createGroups, handle: create },
  { method: 'PATCH', path: '/groups/{group}', permissions: writeMembers, handle: update },
  {
    method: 'DELETE',
    path: '/groups/{group}',
    permissions: writeGroups,
    handle(call) {
      const group = groupToDelete(call);
      // Only Microsoft 365 groups go through the recycle bin; a security group is gone at once.
      if (isMicrosoft365(group)) call.tenant.writes.softDelete(group);
      else call.tenant.writes.purge(group);
      return { status: 204 };
    },
  },
];

function create(call: GraphCall): GraphAnswer {
  const { properties, members, owners } = withCreator(call, readGroup(call));
  const missing = required.find((name) => properties[name] === undefined || properties[name] === null);
  if (missing !== undefined) throw missingValue(missing, 'Group');
  checkNewKind(properties);
  checkMayAssignRoles(call, { properties });
  checkMailNickname(call.tenant.directory, properties);
  const id = call.tenant.newId();
  const complete = { ...atCreation(call, id, properties), ...properties };
  checkLinks(call, { id, properties: complete }, { members, owners });
  const links = { members: members.map((member) => member.id), owners: owners.map((owner) => owner.id) };
  const group = call.tenant.writes.create('group', id, complete, links);
  const context = `${call.request.origin}/v1.0/$metadata#groups/$entity`;
  return { status: 201, body: { '@odata.context': context, ...project(group, undefined) } };
}

/** People own the groups that they make, unless they name other owners; guests make none. */
function withCreator({ token, tenant }: GraphCall, write: GroupWrite): GroupWrite {
  const creator = token.userId === undefined ? undefined : tenant.directory.find(token.userId);
  if (creator?.properties['userType'] === 'Guest') throw denied();
  return creator === undefined || write.owners.length > 0 ? write : { ...write, owners: [creator] };
}

function update(call: GraphCall): GraphAnswer {
  const group = groupToWrite(call);
  const { properties, members, owners } = readGroup(call);
  // Enough to add members is not enough for anything else.
  if ((Object.keys(properties).length > 0 || owners.length > 0) && !holds(call, writeGroups)) throw denied();
  checkSameKind(group, properties);
  checkMailNickname(call.tenant.directory, { ...group.properties, ...properties }, group.id);
  checkLinks(call, group, { members, owners });
  call.tenant.writes.update(group, properties, {
    members: members.map(({ id }) => id),
    owners: owners.map(({ id }) => id),
  });
  return { status: 204 };
}

function readGroup(call: GraphCall): GroupWrite {
  const write = readBound(call.tenant, readJsonBody(call.request));
  const properties = withoutAnnotations(write.properties);
  checkProperties(groupWriteRules, properties);
  return { ...write, properties };
}

function checkLinks(
  { tenant }: GraphCall,
  group: Parameters<typeof checkNewMembers>[1],
  { members, owners }: Omit<GroupWrite, 'properties'>,
): void {
  checkNewMembers(tenant.directory, group, members);
  checkNewOwners(tenant.directory, group, owners);
}

/** What Entra adds to a new group. */
function atCreation(call: GraphCall, id: string, properties: JsonObject): JsonObject {
  const createdDateTime = graphTime(call.now);
  const common = {
    createdDateTime,
    groupTypes: [],
    renewedDateTime: createdDateTime,
    securityIdentifier: securityIdentifier(id),
  };
  const group = { properties };
  const mailbox = isMicrosoft365(group) ? mailboxOf(call.tenant.directory, properties) : {};
  return { ...common, ...mailbox, ...(isRoleAssignable(group) ? { visibility: 'Private' } : {}) };
}
