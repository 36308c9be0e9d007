import type { DirectoryRole } from '../../directory/directory-roles.ts';
import { without, type JsonObject } from '../../json.ts';
import { holds, type GraphCall } from '../protocol/graph-call.ts';
import { readRoles } from '../protocol/permissions.ts';
import type { OtherItem } from '../query/relation-routes.ts';

/** A directory role as a list of groups and roles shows it; without permission to read roles, by type and id only. */
export function roleItem(call: Pick<GraphCall, 'token'>, role: DirectoryRole): OtherItem {
  const properties = { ...role, deletedDateTime: null };
  const { id } = role;
  return {
    id,
    properties,
    render(select) {
      const shown: JsonObject = holds(call, readRoles) ? properties : { ...allNull(properties), id };
      const hidden = select === undefined ? [] : Object.keys(shown).filter((name) => !select.includes(name));
      return { '@odata.type': '#microsoft.graph.directoryRole', ...without(shown, ...hidden) };
    },
  };
}

function allNull(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(properties).map((name) => [name, null]));
}
