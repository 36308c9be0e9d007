import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, typeOf, type ObjectKind } from '../../directory/object-kind.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { propertyValue } from './property-value.ts';

// What the object has even where none of its values was set.
const noExtensionAttributes: JsonObject = Object.fromEntries(
  Array.from({ length: 15 }, (_, n) => [`extensionAttribute${n + 1}`, null]),
);

/** An object as a read shows it: the selected properties, or the default set. What was never set reads as null. */
export function project(object: DirectoryObject, select: readonly string[] | undefined): JsonObject {
  const result: JsonObject = {};
  for (const name of select ?? kinds[object.kind].defaults) result[name] = shownValue(object, name);
  return result;
}

/** As `project`, with the type in front: for collections that mix types. */
export function projectTyped(object: DirectoryObject, select: readonly string[] | undefined): JsonObject {
  return { '@odata.type': typeOf(object.kind), ...project(object, select) };
}

function shownValue(object: DirectoryObject, name: string): JsonValue {
  const value = propertyValue(object, name);
  if (name === 'onPremisesExtensionAttributes') return { ...noExtensionAttributes, ...(value as JsonObject | null) };
  return value ?? emptyValue(object.kind, name);
}

function emptyValue(kind: ObjectKind, name: string): JsonValue {
  const { type, unset = null } = kinds[kind].properties[name] ?? {};
  return type === 'texts' || type === 'objects' ? [] : unset;
}
