import { randomUUID } from 'node:crypto';
import type { DirectoryFile, GroupEntry, UserEntry } from '../../directory/directory-file.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

/** What an example says about a directory. The rest is filled in. */
export interface Seed extends Partial<Omit<DirectoryFile, 'tenant' | 'users' | 'groups'>> {
  readonly tenantId?: string;
  readonly users?: readonly JsonObject[];
  readonly groups?: readonly JsonObject[];
}

/** Where people live whose example gives no user principal name. */
const DOMAIN = 'contoso.example';

/** A directory of the objects that an example shows. */
export function directoryOf({ tenantId = randomUUID(), users = [], groups = [], ...rest }: Seed): DirectoryFile {
  const people = users.map(user);
  const domains = new Set([
    DOMAIN,
    ...people.map(({ userPrincipalName }) => userPrincipalName.split('@').at(-1) ?? ''),
  ]);
  return {
    tenant: {
      id: tenantId,
      displayName: 'Contoso',
      verifiedDomains: [...domains].map((name) => ({ name, isDefault: name === DOMAIN })),
    },
    users: people,
    groups: groups.map(group),
    ...rest,
  };
}

/** The objects in an array of an example. */
export function objectsIn(value: JsonValue | undefined): JsonObject[] {
  return value as JsonObject[];
}

/** A text of an example. */
export function textOf(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError(`the example has ${JSON.stringify(value)} instead of a text`);
  return value;
}

/** An example with every occurrence of a text replaced by another. */
export function replaced(example: JsonObject, ...pairs: readonly (readonly [string, string])[]): JsonObject {
  const text = pairs.reduce((result, [from, to]) => result.replaceAll(from, to), JSON.stringify(example));
  return JSON.parse(text) as JsonObject;
}

function user(properties: JsonObject): UserEntry {
  const id = textOf(properties['id'] ?? randomUUID());
  const own = Object.entries(properties).filter(([name]) => !name.includes('@'));
  return { displayName: 'Somebody', userPrincipalName: `${id}@${DOMAIN}`, ...Object.fromEntries(own), id };
}

function group(properties: JsonObject): GroupEntry {
  const own = Object.entries(properties).filter(([name]) => !name.includes('@'));
  return {
    displayName: 'Some group',
    ...Object.fromEntries(own),
    id: textOf(properties['id'] ?? randomUUID()),
  };
}
