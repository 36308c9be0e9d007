import type { DirectoryObject, LinkChange } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { JsonObject } from '../../json.ts';
import { typeOf } from '../query/projection.ts';
import { followsLinks, relationOf, trackedProperties, type DeltaEntry } from './delta-entry.ts';
import type { DeltaQuery } from './delta-token.ts';

/** All links of an entry that are news to the caller. */
export function entryLinks(directory: DirectoryReads, query: DeltaQuery, entry: DeltaEntry): readonly LinkChange[] {
  if (entry.removed !== undefined || !followsLinks(query)) return [];
  if (entry.links !== undefined) return entry.links;
  const relation = relationOf(query.kind);
  const managerId = directory.managerId(entry.id);
  // Members in the recycle bin are listed too: a soft-deleted user keeps its memberships, and a restored one was never out.
  const ids = relation === 'members' ? [...directory.memberIds(entry.id)] : managerId === undefined ? [] : [managerId];
  return ids.map((id) => ({
    relation,
    target: { kind: directory.findEvenDeleted(id)?.kind ?? 'user', id },
    added: true,
  }));
}

/** An entry as Graph writes it, with the given slice of its links. `minimal` leaves out what did not change. */
export function deltaRow(
  directory: DirectoryReads,
  query: DeltaQuery,
  entry: DeltaEntry,
  links: readonly LinkChange[],
  minimal: boolean,
): JsonObject {
  const object = directory.findEvenDeleted(entry.id);
  if (entry.removed !== undefined || object === undefined) {
    return { id: entry.id, '@removed': { reason: entry.removed ?? 'deleted' } };
  }
  const row = properties(object, query, minimal ? entry.changed : undefined);
  if (links.length > 0) row[`${relationOf(query.kind)}@delta`] = links.map(linkRow);
  return row;
}

/** A property that was never set is absent, one that was cleared is null. */
function properties(object: DirectoryObject, query: DeltaQuery, only: ReadonlySet<string> | undefined): JsonObject {
  const row: JsonObject = {};
  for (const name of trackedProperties(query)) {
    const value = object.properties[name];
    if (value !== undefined && (name === 'id' || (only?.has(name) ?? true))) row[name] = value;
  }
  return row;
}

function linkRow({ target, added }: LinkChange): JsonObject {
  const row = { '@odata.type': typeOf(target.kind), id: target.id };
  // "deleted" even when the target lives on: it is the link that is gone.
  return added ? row : { ...row, '@removed': { reason: 'deleted' } };
}
