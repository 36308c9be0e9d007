import type { DirectoryObject, LinkChange } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { typeOf } from '../../directory/object-kind.ts';
import { isExtension } from '../../directory/property-type.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { DeltaEntry } from './delta-entry.ts';
import type { DeltaQuery } from './delta-round.ts';
import { trackedProperties, trackedRelations } from './tracked.ts';

/** An entry as Graph writes it, with the given slice of its links. `isMinimal` leaves out what did not change. */
export function deltaRow(
  directory: DirectoryReads,
  query: DeltaQuery,
  entry: DeltaEntry,
  links: readonly LinkChange[],
  isMinimal: boolean,
): JsonObject {
  const object = directory.findEvenDeleted(entry.id);
  if (entry.removed !== undefined || object === undefined) {
    return { id: entry.id, '@removed': { reason: entry.removed ?? 'deleted' } };
  }
  const row = properties(object, query, entry.changed, isMinimal);
  for (const relation of trackedRelations(query)) {
    const own = links.filter((link) => link.relation === relation);
    // No key at all when there is nothing to list.
    if (own.length > 0) row[`${relation}@delta`] = own.map(linkRow);
  }
  return row;
}

/** A property that was never set is absent, one that was cleared is null. */
function properties(
  { properties: values }: DirectoryObject,
  query: DeltaQuery,
  changed: ReadonlySet<string> | undefined,
  isMinimal: boolean,
): JsonObject {
  const row: JsonObject = {};
  const extensions = changed === undefined ? [] : companions(values, changed);
  for (const name of new Set([...trackedProperties(query), ...extensions])) {
    const isWanted =
      !isMinimal || name === 'id' || changed === undefined || changed.has(name) || extensions.includes(name);
    if (isWanted && values[name] !== undefined) row[name] = values[name];
  }
  return row;
}

/** One directory extension that changed brings along all others of its type, selected or not. */
function companions(values: Readonly<JsonObject>, changed: ReadonlySet<string>): string[] {
  const types = new Set([...changed].filter(isExtension).map((name) => dataType(values[name])));
  if (types.size === 0) return [];
  // The type of one that was cleared is not known any more: then it may be any.
  const isOfType = (value: JsonValue | undefined): boolean => types.has('null') || types.has(dataType(value));
  return Object.keys(values).filter((name) => isExtension(name) && isOfType(values[name]));
}

function dataType(value: JsonValue | undefined): string {
  return value === null ? 'null' : typeof value;
}

function linkRow({ target, added }: LinkChange): JsonObject {
  const row = { '@odata.type': typeOf(target.kind), id: target.id };
  // "deleted" even when the target lives on: it is the link that is gone.
  return added ? row : { ...row, '@removed': { reason: 'deleted' } };
}
