import { mayActOn } from '../../../directory/administered.ts';
import type { DirectoryObject } from '../../../directory/change.ts';
import type { GraphCall } from '../../protocol/graph-call.ts';
import { denied } from '../../protocol/refusals.ts';

const SENSITIVE = new Set([
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'onPremisesImmutableId',
  'otherMails',
  'passwordProfile',
  'userPrincipalName',
]);

/**
 * Refuses to act on a user who administers more than the caller does. No permission is enough for that: an application by
 * itself would have to hold a role, and none does here.
 */
export function checkMayActOn({ token, tenant }: GraphCall, user: Pick<DirectoryObject, 'id'>): void {
  const { roles } = tenant;
  const held = token.userId === undefined ? [] : roles.rolesOf(token.userId.toLowerCase());
  if (!mayActOn(held, roles.rolesOf(user.id))) throw denied();
}

/** The same for a change, if it touches what locks people out or lets others in. */
export function checkMayChange(call: GraphCall, user: Pick<DirectoryObject, 'id'>, names: readonly string[]): void {
  if (names.some((name) => SENSITIVE.has(name))) checkMayActOn(call, user);
}
