import type { DirectoryObject } from '../../directory/change.ts';
import type { JsonObject } from '../../json.ts';
import { holds, type GraphCall } from '../protocol/graph-call.ts';
import { readGroups, readUsers } from '../protocol/permissions.ts';
import { defaultsOf, project, propertiesOf, typeOf } from '../query/projection.ts';

/**
 * A member of a mixed collection. Without permission to read its type it is still listed, but only by type and id: all
 * else is null. A selected property that its type does not have is left out.
 */
export function renderMember(
  call: GraphCall,
  member: DirectoryObject,
  select: readonly string[] | undefined,
): JsonObject {
  const names = (select ?? defaultsOf[member.kind]).filter((name) => Object.hasOwn(propertiesOf[member.kind], name));
  const type = { '@odata.type': typeOf(member.kind) };
  if (holds(call, member.kind === 'user' ? readUsers : readGroups)) return { ...type, ...project(member, names) };
  const hidden: JsonObject = Object.fromEntries(names.map((name) => [name, null]));
  return { ...type, ...hidden, id: member.id };
}
