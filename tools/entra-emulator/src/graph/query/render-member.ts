import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, typeOf } from '../../directory/object-kind.ts';
import type { JsonObject } from '../../json.ts';
import { holds, type GraphCall } from '../protocol/graph-call.ts';
import { readPermissions } from '../protocol/permissions.ts';
import { project } from './projection.ts';
import { spelledProperty } from './property-names.ts';

/**
 * A member of a mixed collection. Without permission to read its type it is still listed, but only by type and id: all
 * else is null. A selected property that its type does not have is left out.
 */
export function renderMember(
  call: Pick<GraphCall, 'token'>,
  member: DirectoryObject,
  select: readonly string[] | undefined,
): JsonObject {
  const { kind, id } = member;
  const names = select?.filter((name) => spelledProperty(kind, name) === name) ?? kinds[kind].defaults;
  const type = { '@odata.type': typeOf(kind) };
  if (holds(call, readPermissions[kind])) return { ...type, ...project(member, names) };
  const hidden: JsonObject = Object.fromEntries(names.map((name) => [name, null]));
  return { ...type, ...hidden, id };
}

/** The live ones among these ids, as a mixed collection shows them. */
export function* renderEach(call: Pick<GraphCall, 'token' | 'directory'>, ids: Iterable<string>): Iterable<JsonObject> {
  for (const id of ids) {
    const member = call.directory.find(id);
    if (member !== undefined) yield renderMember(call, member, undefined);
  }
}
