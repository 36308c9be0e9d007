import { randomUUID } from 'node:crypto';
import { hasVerifiedDomain } from '../../directory/verified-domain.ts';
import { without, type JsonObject } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { readJsonBody } from '../protocol/graph-request.ts';
import { writeUsers } from '../protocol/permissions.ts';
import { badRequest } from '../protocol/refusals.ts';
import { checkProperties } from '../query/check-properties.ts';
import { project } from '../query/projection.ts';
import { findUser } from './find-user.ts';

const required = ['accountEnabled', 'displayName', 'mailNickname', 'passwordProfile', 'userPrincipalName'];

/** Making, changing and deleting users. */
export const userWrites: readonly Route[] = [
  {
    method: 'POST',
    path: '/users',
    permissions: writeUsers,
    handle(call) {
      const body = readJsonBody(call.request);
      checkProperties('user', body);
      const missing = required.find((name) => body[name] === undefined || body[name] === null);
      if (missing !== undefined) throw badRequest(`A value is required for property '${missing}' of resource 'User'.`);
      checkUpn(call, body, undefined);
      // The password never comes back, and nobody signs in with it here.
      const properties = without(body, 'passwordProfile');
      const defaults = { userType: 'Member', createdDateTime: call.now.toISOString() };
      const user = call.tenant.writes.create('user', randomUUID(), { ...defaults, ...properties });
      const context = `${call.request.origin}/v1.0/$metadata#users/$entity`;
      return { status: 201, body: { '@odata.context': context, ...project(user, undefined) } };
    },
  },
  {
    method: 'PATCH',
    path: '/users/{user}',
    permissions: writeUsers,
    handle(call) {
      const user = findUser(call);
      const properties = without(readJsonBody(call.request), 'passwordProfile');
      checkProperties('user', properties);
      checkUpn(call, properties, user.id);
      call.tenant.writes.update(user, properties);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/users/{user}',
    permissions: writeUsers,
    handle(call) {
      call.tenant.writes.softDelete(findUser(call));
      return { status: 204 };
    },
  },
];

function checkUpn(call: GraphCall, properties: JsonObject, ownId: string | undefined): void {
  const upn = properties['userPrincipalName'];
  if (typeof upn !== 'string') return;
  if (!hasVerifiedDomain(upn, call.tenant.directory.tenant)) {
    throw badRequest(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  }
  const holder = call.tenant.directory.findUserByUpn(upn);
  if (holder && holder.id !== ownId) {
    throw badRequest('Another object with the same value for property userPrincipalName already exists.');
  }
}
