import type { DirectoryObject } from '../../directory/change.ts';
import { securityIdentifier } from '../../directory/security-identifier.ts';
import { without, type JsonObject } from '../../json.ts';
import { checkAdministrator, isOneself } from '../protocol/access.ts';
import { holds, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { graphTime } from '../protocol/graph-time.ts';
import { writeLeaveDates, writePasswords, writeUsers } from '../protocol/permissions.ts';
import { missingValue } from '../protocol/property-refusals.ts';
import { denied, notImplemented } from '../protocol/refusals.ts';
import { checkProperties, withoutAnnotations } from '../query/check-properties.ts';
import { project } from '../query/projection.ts';
import { findUser } from './find-user.ts';
import { newManagerId } from './manager-writes.ts';
import { withAddresses } from './rules/mail-addresses.ts';
import { checkMaster } from './rules/on-premises.ts';
import { checkPassword, requirePassword } from './rules/password.ts';
import { checkMayActOn, checkMayChange } from './rules/sensitive-actions.ts';
import { checkUserPrincipalName } from './rules/user-principal-name.ts';
import { userWriteRules } from './rules/user-values.ts';

const required = ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'];

/** What people may change of themselves. */
const ONES_OWN = new Set(
  'aboutMe birthday businessPhones interests mobilePhone mySite pastProjects responsibilities schools skills'.split(
    ' ',
  ),
);

/** Making, changing and deleting users. */
export const userWrites: readonly Route[] = [
  { method: 'POST', path: '/users', permissions: writeUsers, handle: create },
  { method: 'PATCH', path: '/users/{user}', permissions: writeUsers, handle: update },
  {
    method: 'DELETE',
    path: '/users/{user}',
    permissions: writeUsers,
    handle(call) {
      checkAdministrator(call, 'people');
      const user = findUser(call, call.tenant.directory);
      checkMayActOn(call, user);
      call.tenant.writes.softDelete(user);
      return { status: 204 };
    },
  },
];

function create(call: GraphCall): GraphAnswer {
  checkAdministrator(call, 'people');
  const { 'manager@odata.bind': manager, ...body } = readJsonBody(call.request);
  const properties = readProperties(call, body);
  const missing = required.find((name) => properties[name] === undefined || properties[name] === null);
  if (missing !== undefined) throw missingValue(missing, 'User');
  requirePassword(properties);
  checkValues(call, properties);
  const id = call.tenant.newId();
  const links = manager === undefined ? {} : { manager: [newManagerId(call, id, manager)] };
  const kept = withAddresses(call.tenant.directory, without(properties, 'passwordProfile'));
  const user = call.tenant.writes.create('user', id, { ...atCreation(call, id), ...kept }, links);
  const context = `${call.request.origin}/v1.0/$metadata#users/$entity`;
  return { status: 201, body: { '@odata.context': context, ...project(user, undefined) } };
}

function update(call: GraphCall): GraphAnswer {
  const user = findUser(call, call.tenant.directory);
  const properties = readProperties(call, readJsonBody(call.request));
  checkCaller(call, user, Object.keys(properties));
  checkMaster(user, Object.keys(properties));
  if (properties['passwordProfile'] !== undefined && !holds(call, writePasswords)) throw denied();
  checkValues(call, properties, user);
  const kept = withAddresses(call.tenant.directory, without(properties, 'passwordProfile'), user);
  call.tenant.writes.update(user, { ...kept, ...passwordTimes(call, properties) });
  return { status: 204 };
}

/** People change some of their own profile; for all else, and for others, it takes an administrator. */
function checkCaller(call: GraphCall, user: DirectoryObject, names: readonly string[]): void {
  if (isOneself(call) && names.every((name) => ONES_OWN.has(name))) return;
  checkAdministrator(call, 'people');
  checkMayChange(call, user, names);
}

function readProperties(call: GraphCall, body: JsonObject): JsonObject {
  const properties = withoutAnnotations(body);
  if (properties['identities'] !== undefined) throw notImplemented('identities of users beyond their UPN');
  if (properties['customSecurityAttributes'] !== undefined) throw notImplemented('custom security attributes');
  if (properties['employeeLeaveDateTime'] !== undefined && !holds(call, writeLeaveDates)) throw denied();
  checkProperties(userWriteRules, properties);
  return properties;
}

function checkValues(call: GraphCall, properties: JsonObject, user?: DirectoryObject): void {
  checkUserPrincipalName(call.tenant, properties['userPrincipalName'], user?.id);
  checkPassword({ passwordPolicies: user?.properties['passwordPolicies'], ...properties });
}

/** What Entra adds to a new user. */
function atCreation(call: GraphCall, id: string): JsonObject {
  const createdDateTime = graphTime(call.now);
  return {
    createdDateTime,
    lastPasswordChangeDateTime: createdDateTime,
    securityIdentifier: securityIdentifier(id),
    signInSessionsValidFromDateTime: createdDateTime,
    userType: 'Member',
  };
}

function passwordTimes(call: GraphCall, { passwordProfile }: JsonObject): JsonObject {
  const time = graphTime(call.now);
  return passwordProfile === undefined
    ? {}
    : { lastPasswordChangeDateTime: time, signInSessionsValidFromDateTime: time };
}
