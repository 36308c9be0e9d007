import type { JsonObject } from '../json.ts';
import type { Tenant } from '../entra/ports.ts';
import type { OtherEntry, UserEntry } from './directory-file.ts';
import { checkGuid, checkObject, checkText, fail } from './file-checks.ts';
import { hasVerifiedDomain } from './verified-domain.ts';
import { userProperties } from './user-properties.ts';
import { valueProblem } from './property-type.ts';

/** The users of a file, checked one by one and then against each other. A manager may also be a contact. */
export function checkUsers(entries: unknown[], tenant: Tenant, contacts: readonly OtherEntry[]): UserEntry[] {
  const users = entries.map((entry, index) => checkUser(`users[${index}]`, entry, tenant));
  checkUnique(users, 'id');
  checkUnique(users, 'userPrincipalName');
  checkManagers(users, contacts);
  return users;
}

function checkUser(path: string, entry: unknown, tenant: Tenant): UserEntry {
  const user = checkObject(path, entry);
  const { manager, photo } = user;
  checkProperties(path, user);
  const userPrincipalName = checkText(`${path}.userPrincipalName`, user['userPrincipalName']);
  if (!hasVerifiedDomain(userPrincipalName, tenant)) {
    throw fail(`${path}.userPrincipalName`, `is not in a verified domain of the tenant: ${userPrincipalName}`);
  }
  const result = {
    ...user,
    id: checkGuid(`${path}.id`, user['id']),
    displayName: checkText(`${path}.displayName`, user['displayName']),
    userPrincipalName,
  } as UserEntry;
  if (manager !== undefined) {
    result.manager = { id: checkGuid(`${path}.manager.id`, checkObject(`${path}.manager`, manager)['id']) };
  }
  if (photo !== undefined) result.photo = checkText(`${path}.photo`, photo);
  return result;
}

/** What a file says of a user besides the properties that Graph has. */
const beside = ['manager', 'photo'];

function checkProperties(path: string, user: JsonObject): void {
  for (const name of Object.keys(user)) {
    if (beside.includes(name)) continue;
    const problem = valueProblem(userProperties, name, user[name]);
    if (problem !== undefined) throw fail(`${path}.${name}`, problem);
  }
}

function checkUnique(users: UserEntry[], property: 'id' | 'userPrincipalName'): void {
  const seen = new Map<string, number>();
  for (const [index, user] of users.entries()) {
    const key = user[property].toLowerCase();
    const first = seen.get(key);
    if (first !== undefined)
      throw fail(`users[${index}].${property}`, `repeats that of users[${first}]: ${user[property]}`);
    seen.set(key, index);
  }
}

function checkManagers(users: readonly UserEntry[], contacts: readonly OtherEntry[]): void {
  const ids = new Set([...users, ...contacts].map(({ id }) => id));
  for (const [index, user] of users.entries()) {
    if (user.manager && !ids.has(user.manager.id)) {
      throw fail(`users[${index}].manager.id`, `names no user or contact of the file: ${user.manager.id}`);
    }
  }
}
