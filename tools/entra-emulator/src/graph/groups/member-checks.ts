import type { DirectoryObject } from '../../directory/change.ts';
import { transitiveGroupIds } from '../../directory/closure.ts';
import { isGuid } from '../../directory/file-checks.ts';
import type { DirectoryRole } from '../../directory/directory-roles.ts';
import type { JsonValue } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { badRequest } from '../protocol/refusals.ts';
import type { MemberOfOwner } from './member-of-lists.ts';

/** How many ids one request may ask about. */
const MAX_CHECKED = 20;

/** Beyond this many groups Graph gives up. */
const MAX_RESULT = 11_000;

/** Questions about what an object is in, directly or through groups, answered by ids. */
export function memberChecks(owner: MemberOfOwner): Route[] {
  const post = (name: string, answer: (call: GraphCall, object: DirectoryObject) => string[]): Route => ({
    method: 'POST',
    path: `${owner.path}/${name}`,
    permissions: owner.permissions,
    handle: (call) => ids(call, answer(call, owner.find(call))),
  });
  return [
    post('checkMemberGroups', (call, object) => {
      const groups = new Set(transitiveGroupIds(call.directory, object.id));
      return askedIds(call, 'groupIds').filter((id) => groups.has(id.toLowerCase()));
    }),
    post('checkMemberObjects', (call, object) => {
      const roles = call.tenant.roles.rolesOf(object.id);
      const objects = new Set([...transitiveGroupIds(call.directory, object.id), ...roles.flatMap(namesOf)]);
      return askedIds(call, 'ids').filter((id) => objects.has(id.toLowerCase()));
    }),
    post('getMemberGroups', (call, object) => groupIds(call, object, securityEnabledOnly(call, object))),
    post('getMemberObjects', (call, object) => {
      const only = securityEnabledOnly(call, object);
      const roles = only ? [] : call.tenant.roles.rolesOf(object.id);
      return limited([...groupIds(call, object, only), ...roles.map(({ id }) => id)], object);
    }),
  ];
}

/** A role is known by its id in the tenant, and by that of its template. */
function namesOf({ id, roleTemplateId }: DirectoryRole): string[] {
  return [id, roleTemplateId];
}

function askedIds(call: GraphCall, parameter: 'groupIds' | 'ids'): string[] {
  const value: JsonValue | undefined = readJsonBody(call.request)[parameter];
  if (!Array.isArray(value) || value.length === 0)
    throw badRequest(`A value is required for parameter '${parameter}'.`);
  if (value.length > MAX_CHECKED)
    throw badRequest(`Too many elements specified in parameter '${parameter}'. Max allowed: ${MAX_CHECKED}.`);
  return value.map((id) => {
    if (typeof id !== 'string' || !isGuid(id)) throw badRequest(`Invalid object identifier ${JSON.stringify(id)}.`);
    return id;
  });
}

/** Only people and service principals get security groups alone. */
function securityEnabledOnly(call: GraphCall, { kind }: DirectoryObject): boolean {
  const { securityEnabledOnly: only } = readJsonBody(call.request);
  if (typeof only !== 'boolean') throw badRequest("A value is required for parameter 'securityEnabledOnly'.");
  if (only && kind !== 'user' && kind !== 'servicePrincipal')
    throw badRequest("Invalid value specified for parameter 'securityEnabledOnly'.");
  return only;
}

function groupIds({ directory }: GraphCall, object: DirectoryObject, securityOnly: boolean): string[] {
  const ids = transitiveGroupIds(directory, object.id);
  const isSecurity = (id: string): boolean => directory.find(id)?.properties['securityEnabled'] === true;
  return limited(securityOnly ? ids.filter(isSecurity) : ids, object);
}

function limited(ids: string[], { id }: DirectoryObject): string[] {
  if (ids.length <= MAX_RESULT) return ids;
  const message = `The result exceeds the limit of ${MAX_RESULT} objects: ${id}.`;
  throw new GraphError(400, 'Directory_ResultSizeLimitExceeded', message);
}

function ids(call: GraphCall, value: string[]): GraphAnswer {
  const context = `${call.request.origin}/v1.0/$metadata#Collection(Edm.String)`;
  return { status: 200, body: { '@odata.context': context, value } };
}
