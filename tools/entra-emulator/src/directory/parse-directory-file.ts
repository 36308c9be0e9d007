import { EmulatorError } from '../emulator-error.ts';
import { isJsonObject } from '../json.ts';
import { checkApplications } from './check-applications.ts';
import { addType, checkGroups, type TypesById } from './check-groups.ts';
import { checkOthers } from './check-others.ts';
import { checkRoles } from './check-roles.ts';
import { checkServicePrincipals, checkSignInPolicies } from './check-sign-in.ts';
import { checkUsers } from './check-users.ts';
import type { DirectoryFile } from './directory-file.ts';
import { checkArray, checkGuid, checkObject, checkText, fail } from './file-checks.ts';

/**
 * Reads a directory file and checks that it is one coherent tenant.
 * Throws an EmulatorError `directory-file-invalid` whose one line names the first property at fault.
 */
export function parseDirectoryFile(text: string): DirectoryFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new EmulatorError('directory-file-invalid', `not JSON: ${(error as Error).message}`, { cause: error });
  }
  return checkDirectoryFile(file);
}

/** The same check for a file that was built in memory. The returned file is a copy with ids in lower case. */
export function checkDirectoryFile(file: unknown): DirectoryFile {
  if (!isJsonObject(file)) throw fail('the file', 'must be an object with tenant, users and groups');
  const tenant = checkTenant(file['tenant']);
  const devices = checkOthers('device', file['devices'] ?? []);
  const contacts = checkOthers('orgContact', file['contacts'] ?? []);
  const users = checkUsers(checkArray('users', file['users']), tenant, contacts);
  const groups = checkGroups(checkArray('groups', file['groups']), typesOf({ users, devices, contacts }));
  const result: DirectoryFile = { tenant, users, groups, devices, contacts };
  if (file['applications'] !== undefined) result.applications = checkApplications(file['applications']);
  if (file['servicePrincipals'] !== undefined) {
    const ids = new Set([...users, ...groups].map(({ id }) => id));
    result.servicePrincipals = checkServicePrincipals(file['servicePrincipals'], ids);
  }
  if (file['signInPolicies'] !== undefined)
    result.signInPolicies = checkSignInPolicies('signInPolicies', file['signInPolicies']);
  if (file['directoryRoles'] !== undefined) result.directoryRoles = checkRoles(file['directoryRoles'], users);
  if (file['missingPhotos'] !== undefined) result.missingPhotos = checkMissingPhotos(file['missingPhotos']);
  if (file['rootGroupId'] !== undefined) result.rootGroupId = checkRootGroup(file['rootGroupId'], groups);
  return result;
}

function typesOf({ users, devices = [], contacts = [] }: Omit<DirectoryFile, 'tenant' | 'groups'>): TypesById {
  const types: TypesById = new Map();
  for (const [index, { id }] of users.entries()) addType(types, id, '#microsoft.graph.user', `users[${index}]`);
  for (const [index, { id }] of devices.entries()) addType(types, id, '#microsoft.graph.device', `devices[${index}]`);
  for (const [index, { id }] of contacts.entries()) {
    addType(types, id, '#microsoft.graph.orgContact', `contacts[${index}]`);
  }
  return types;
}

function checkTenant(value: unknown): DirectoryFile['tenant'] {
  const tenant = checkObject('tenant', value);
  const domains = checkArray('tenant.verifiedDomains', tenant['verifiedDomains']).map((entry, index) => {
    const path = `tenant.verifiedDomains[${index}]`;
    const domain = checkObject(path, entry);
    return { name: checkText(`${path}.name`, domain['name']), isDefault: domain['isDefault'] === true };
  });
  if (domains.filter((domain) => domain.isDefault).length !== 1) {
    throw fail('tenant.verifiedDomains', 'must have exactly one domain with isDefault true');
  }
  return {
    id: checkGuid('tenant.id', tenant['id']),
    displayName: checkText('tenant.displayName', tenant['displayName']),
    verifiedDomains: domains,
  };
}

function checkRootGroup(value: unknown, groups: DirectoryFile['groups']): string {
  const id = checkGuid('rootGroupId', value);
  if (!groups.some((group) => group.id === id)) throw fail('rootGroupId', `names no group of the file: ${id}`);
  return id;
}

function checkMissingPhotos(value: unknown): NonNullable<DirectoryFile['missingPhotos']> {
  if (value !== 'absent' && value !== 'described') throw fail('missingPhotos', 'must be "absent" or "described"');
  return value;
}
