import { isGuid } from '../../directory/file-checks.ts';
import type { JsonObject } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { readJsonBody } from '../protocol/graph-request.ts';
import { readUsers, writeUsers } from '../protocol/permissions.ts';
import { badRequest, notFound } from '../protocol/refusals.ts';
import { projectTyped } from '../query/projection.ts';
import { allowOptions } from '../query/query-options.ts';
import { relationRoutes } from '../query/relation-routes.ts';
import { checkSelect } from '../query/select.ts';
import { findUser } from './find-user.ts';

/** A user's manager, and the other end of that link. */
export const managerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users/{user}/manager',
    permissions: readUsers,
    handle(call) {
      allowOptions(call.options, '$select');
      const select = checkSelect('user', call.options.select, 'object');
      const user = findUser(call);
      const manager = call.directory.find(call.directory.managerId(user.id) ?? '');
      // The answer names the link, not the user: the user is there.
      if (manager === undefined) throw notFound('manager');
      const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
      const { '@odata.type': type, ...rest } = projectTyped(manager, select);
      return { status: 200, body: { '@odata.context': context, '@odata.type': type, ...rest } };
    },
  },
  { method: 'PUT', path: '/users/{user}/manager/$ref', permissions: writeUsers, handle: setManager },
  {
    method: 'DELETE',
    path: '/users/{user}/manager/$ref',
    permissions: writeUsers,
    handle(call) {
      const user = findUser(call);
      if (call.tenant.directory.managerId(user.id) === undefined) throw notFound('manager');
      call.tenant.writes.setManager(user, undefined);
      return { status: 204 };
    },
  },
  ...relationRoutes({
    path: '/users/{user}/directReports',
    permissions: readUsers,
    kinds: ['user', 'orgContact'],
    ids: (call, directory) => [...directory.reportIds(findUser(call).id)],
  }),
];

function setManager(call: GraphCall): { status: number } {
  const user = findUser(call);
  const managerId = referencedId(readJsonBody(call.request));
  const manager = call.tenant.directory.find(managerId);
  if (manager?.kind !== 'user' && manager?.kind !== 'orgContact') throw notFound(managerId);
  call.tenant.writes.setManager(user, manager.id);
  return { status: 204 };
}

/** The id in a reference body: `{"@odata.id": "https://…/directoryObjects/<id>"}`. */
export function referencedId(body: JsonObject): string {
  return idOfReference(body['@odata.id']);
}

/** The id at the end of a reference URL, or Graph's refusal. */
export function idOfReference(reference: unknown): string {
  const [, slashed, quoted] =
    /\/(?:directoryObjects|users|groups)(?:\/([^/]+)|\('([^']+)'\))$/i.exec(String(reference)) ?? [];
  const id = decodeURIComponent(slashed ?? quoted ?? '');
  if (!isGuid(id))
    throw badRequest(
      "Invalid URL format specified in @odata.id. It must look like 'https://graph.microsoft.com/v1.0/directoryObjects/{id}'.",
    );
  return id.toLowerCase();
}
