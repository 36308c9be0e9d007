import type { DirectoryObject } from '../../directory/change.ts';
import { isJsonObject, type JsonValue } from '../../json.ts';

/** Whatever has properties: an object of the directory, or another thing that is listed beside them. */
export type Propertied = Pick<DirectoryObject, 'properties' | 'deletedAt'>;

/** The value of a property at a path: `department`, `employeeOrgData/division`. */
export function propertyValue(object: Propertied, path: string): JsonValue | undefined {
  if (path === 'deletedDateTime')
    return object.deletedAt === undefined ? null : new Date(object.deletedAt).toISOString();
  return path.includes('/') ? valueAt(object.properties, path) : object.properties[path];
}

/** The value at a path below another value; the empty path is the value itself. */
export function valueAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  if (path === '') return value;
  return path.split('/').reduce<JsonValue | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), value);
}
