import type { DirectoryObject } from '../../directory/change.ts';
import { transitiveGroupIds } from '../../directory/closure.ts';
import { isGuid } from '../../directory/file-checks.ts';
import type { JsonValue } from '../../json.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { readGroups, readUsers } from '../protocol/permissions.ts';
import { badRequest } from '../protocol/refusals.ts';
import { findUser } from '../users/find-user.ts';
import { findGroup } from './find-group.ts';
import { memberOfLists } from './member-of-lists.ts';

/** How many group ids one request may ask about. */
const MAX_CHECKED = 20;

/** Beyond this many groups Graph gives up. */
const MAX_RESULT = 11_000;

type Owner = 'user' | 'group';

/** What a user or a group is a member of, seen from its own side. */
export const membershipRoutes: readonly Route[] = (['user', 'group'] as const).flatMap((owner) => [
  ...memberOfLists({
    path: `/${owner}s/{${owner}}`,
    permissions: permissionsOf(owner),
    find: (call) => ownerOf(call, owner),
  }),
  {
    method: 'POST' as const,
    path: `/${owner}s/{${owner}}/checkMemberGroups`,
    permissions: permissionsOf(owner),
    handle: (call: GraphCall) => checkMemberGroups(call, owner),
  },
  {
    method: 'POST' as const,
    path: `/${owner}s/{${owner}}/getMemberGroups`,
    permissions: permissionsOf(owner),
    handle: (call: GraphCall) => getMemberGroups(call, owner),
  },
]);

function permissionsOf(owner: Owner): readonly string[] {
  return owner === 'group' ? readGroups : [...readUsers, ...readGroups];
}

function ownerOf(call: GraphCall, owner: Owner): DirectoryObject {
  return owner === 'user' ? findUser(call) : findGroup(call);
}

function checkMemberGroups(call: GraphCall, owner: Owner): GraphAnswer {
  const asked = groupIds(readJsonBody(call.request)['groupIds']);
  const groups = new Set(transitiveGroupIds(call.directory, ownerOf(call, owner).id));
  return stringCollection(
    call,
    asked.filter((id) => groups.has(id.toLowerCase())),
  );
}

function groupIds(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value) || value.length === 0) throw badRequest("A value is required for parameter 'groupIds'.");
  if (value.length > MAX_CHECKED)
    throw badRequest(`Too many elements specified in parameter 'groupIds'. Max allowed: ${MAX_CHECKED}.`);
  return value.map((id) => {
    if (typeof id !== 'string' || !isGuid(id)) throw badRequest(`Invalid object identifier ${JSON.stringify(id)}.`);
    return id;
  });
}

function getMemberGroups(call: GraphCall, owner: Owner): GraphAnswer {
  const { securityEnabledOnly } = readJsonBody(call.request);
  if (typeof securityEnabledOnly !== 'boolean')
    throw badRequest("A value is required for parameter 'securityEnabledOnly'.");
  const { id } = ownerOf(call, owner);
  const ids = transitiveGroupIds(call.directory, id).filter(
    (groupId) => !securityEnabledOnly || call.directory.find(groupId)?.properties['securityEnabled'] === true,
  );
  if (ids.length > MAX_RESULT) {
    throw new GraphError(
      400,
      'Directory_ResultSizeLimitExceeded',
      `The result exceeds the limit of ${MAX_RESULT} objects: ${parameter(call, owner)}.`,
    );
  }
  return stringCollection(call, ids);
}

function stringCollection(call: GraphCall, value: string[]): GraphAnswer {
  return {
    status: 200,
    body: { '@odata.context': `${call.request.origin}/v1.0/$metadata#Collection(Edm.String)`, value },
  };
}
