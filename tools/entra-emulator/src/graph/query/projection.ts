import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, typeOf, type ObjectKind } from '../../directory/object-kind.ts';
import { isProperty } from '../../directory/property-type.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { GraphError } from '../protocol/graph-error.ts';
import { invalidODataRequest } from '../protocol/refusals.ts';

/** Refuses a `$select` that names what the type does not have, or on a collection what only a single object has. */
export function checkSelect(
  kind: ObjectKind,
  select: readonly string[] | undefined,
  on: 'object' | 'collection',
): void {
  const properties = kinds[kind].properties;
  for (const name of select ?? []) {
    if (!isProperty(properties, name)) {
      throw invalidODataRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${kind}'.`,
      );
    }
    if (on === 'collection' && properties[name]?.singleOnly) {
      throw new GraphError(501, 'NotImplemented', `The property '${name}' can only be read on a single object.`);
    }
  }
}

/** An object as a read shows it: the selected properties, or the default set. What was never set reads as null. */
export function project(object: DirectoryObject, select: readonly string[] | undefined): JsonObject {
  const result: JsonObject = {};
  for (const name of select ?? kinds[object.kind].defaults) result[name] = valueOf(object, name);
  return result;
}

/** As `project`, with the type in front: for collections that mix types. */
export function projectTyped(object: DirectoryObject, select: readonly string[] | undefined): JsonObject {
  return { '@odata.type': typeOf(object.kind), ...project(object, select) };
}

function valueOf(object: DirectoryObject, name: string): JsonValue {
  if (name === 'deletedDateTime') {
    return object.deletedAt === undefined ? null : new Date(object.deletedAt).toISOString();
  }
  const value = object.properties[name];
  if (value !== undefined && value !== null) return value;
  const { type, unset = null } = kinds[object.kind].properties[name] ?? {};
  return type === 'texts' || type === 'objects' ? [] : unset;
}
