import { checkAdministrator } from '../protocol/access.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { writeUsers } from '../protocol/permissions.ts';
import { invalidValue } from '../protocol/property-refusals.ts';
import { referencedObject } from '../protocol/reference.ts';
import { notFound } from '../protocol/refusals.ts';
import { findUser } from './find-user.ts';
import { checkMaster } from './rules/on-premises.ts';

/** Setting and clearing the manager of a user. */
export const managerWrites: readonly Route[] = [
  { method: 'PUT', path: '/users/{user}/manager/$ref', permissions: writeUsers, handle: setManager },
  { method: 'DELETE', path: '/users/{user}/manager/$ref', permissions: writeUsers, handle: clearManager },
];

/** The id of a manager that a URL names: a user or a contact, and somebody else. */
export function newManagerId({ tenant }: Pick<GraphCall, 'tenant'>, userId: string, url: unknown): string {
  const manager = referencedObject(tenant.directory, url);
  if ((manager.kind !== 'user' && manager.kind !== 'orgContact') || manager.id === userId)
    throw invalidValue('manager', 'User');
  return manager.id;
}

function setManager(call: GraphCall): GraphAnswer {
  checkAdministrator(call, 'people');
  const user = findUser(call, call.tenant.directory);
  checkMaster(user, ['manager']);
  call.tenant.writes.setManager(user, newManagerId(call, user.id, readJsonBody(call.request)['@odata.id']));
  return { status: 204 };
}

function clearManager(call: GraphCall): GraphAnswer {
  checkAdministrator(call, 'people');
  const user = findUser(call, call.tenant.directory);
  checkMaster(user, ['manager']);
  if (call.tenant.directory.managerId(user.id) === undefined) throw notFound('manager');
  call.tenant.writes.setManager(user, undefined);
  return { status: 204 };
}
