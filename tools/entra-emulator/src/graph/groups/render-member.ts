import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, typeOf } from '../../directory/object-kind.ts';
import type { JsonObject } from '../../json.ts';
import { holds, type GraphCall } from '../protocol/graph-call.ts';
import { readPermissions } from '../protocol/permissions.ts';
import { project } from '../query/projection.ts';

/**
 * A member of a mixed collection. Without permission to read its type it is still listed, but only by type and id: all
 * else is null. A selected property that its type does not have is left out.
 */
export function renderMember(
  call: GraphCall,
  member: DirectoryObject,
  select: readonly string[] | undefined,
): JsonObject {
  const { properties, defaults } = kinds[member.kind];
  const names = (select ?? defaults).filter((name) => Object.hasOwn(properties, name));
  const type = { '@odata.type': typeOf(member.kind) };
  if (holds(call, readPermissions[member.kind])) return { ...type, ...project(member, names) };
  const hidden: JsonObject = Object.fromEntries(names.map((name) => [name, null]));
  return { ...type, ...hidden, id: member.id };
}
