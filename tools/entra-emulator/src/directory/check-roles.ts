import type { JsonObject, JsonValue } from '../json.ts';
import type { DirectoryFile, DirectoryRoleEntry } from './directory-file.ts';
import { checkArray, checkGuid, checkObject, checkText, fail } from './file-checks.ts';

type Check = (path: string, value: unknown) => string;

const optional: Readonly<Record<'id' | 'description' | 'roleTemplateId', Check>> = {
  id: checkGuid,
  description: checkText,
  roleTemplateId: checkGuid,
};

/** The administrator roles of a file, held by users of the file. */
export function checkRoles(value: unknown, users: DirectoryFile['users']): DirectoryRoleEntry[] {
  const known = new Set(users.map((user) => user.id));
  return checkArray('directoryRoles', value).map((entry, index) => {
    const path = `directoryRoles[${index}]`;
    const role = checkObject(path, entry);
    return {
      displayName: checkText(`${path}.displayName`, role['displayName']),
      ...checkOptional(path, role),
      members: checkMembers(`${path}.members`, role['members'], known),
    };
  });
}

function checkOptional(path: string, role: JsonObject): Partial<Record<keyof typeof optional, string>> {
  const given = Object.entries(optional).filter(([name]) => role[name] !== undefined);
  return Object.fromEntries(given.map(([name, check]) => [name, check(`${path}.${name}`, role[name])]));
}

function checkMembers(path: string, value: JsonValue | undefined, known: ReadonlySet<string>): { id: string }[] {
  return checkArray(path, value).map((member, index) => {
    const at = `${path}[${index}]`;
    const id = checkGuid(`${at}.id`, checkObject(at, member)['id']);
    if (!known.has(id)) throw fail(`${at}.id`, `names no user of the file: ${id}`);
    return { id };
  });
}
