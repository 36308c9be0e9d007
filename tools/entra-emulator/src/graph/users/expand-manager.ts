import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { JsonObject } from '../../json.ts';
import { isAdvancedQuery } from '../protocol/graph-request.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { badRequest, invalidODataRequest, unsupportedQuery } from '../protocol/refusals.ts';
import { checkSelect, projectTyped } from '../query/projection.ts';

/** Adds a user's manager, or the chain of managers, to the user; a user without one gets no key. */
export type ManagerExpansion = (user: DirectoryObject, rendered: JsonObject) => JsonObject;

/** Reads `$expand=manager`. `$select` inside needs `$levels`, and `$levels` needs a single user and an advanced query. */
export function managerExpansion(call: GraphCall, on: 'object' | 'collection'): ManagerExpansion {
  const { expand } = call.options;
  if (expand === undefined) return (_user, rendered) => rendered;
  const { levels, select } = parseExpand(expand);
  const advanced = isAdvancedQuery(call.request, call.options.count);
  if (levels === undefined && select !== undefined)
    throw unsupportedQuery('$select inside $expand=manager requires $levels.');
  if (levels === undefined && advanced)
    throw unsupportedQuery('$expand is not supported together with advanced query parameters.');
  if (levels !== undefined && on === 'collection')
    throw unsupportedQuery("Transitive manager's list is only supported on a single user");
  if (levels !== undefined && !advanced) throw unsupportedQuery();
  checkSelect('user', select, 'collection');
  return (user, rendered) => withManager(call.directory, user, rendered, select, levels ?? 1, new Set([user.id]));
}

function withManager(
  directory: DirectoryReads,
  user: DirectoryObject,
  rendered: JsonObject,
  select: readonly string[] | undefined,
  levels: number,
  seen: Set<string>,
): JsonObject {
  const manager = directory.find(directory.managerId(user.id) ?? '');
  // A cycle of managers would have no end.
  if (manager === undefined || levels === 0 || seen.has(manager.id)) return rendered;
  seen.add(manager.id);
  return {
    ...rendered,
    manager: withManager(directory, manager, projectTyped(manager, select), select, levels - 1, seen),
  };
}

function parseExpand(expand: string): { levels?: number; select?: string[] } {
  const [, name, inner] = /^(\w+)(?:\((.*)\))?$/.exec(expand.trim()) ?? [];
  if (name === undefined) throw badRequest('Only one relation can be expanded per request.');
  if (name !== 'manager') {
    throw invalidODataRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.user'.`,
    );
  }
  const result: { levels?: number; select?: string[] } = {};
  for (const part of inner?.split(';') ?? []) {
    const [, option, value] = /^\s*(\$\w+)=(.*)$/.exec(part) ?? [];
    if (option === '$levels') result.levels = parseLevels(value ?? '');
    else if (option === '$select') result.select = (value ?? '').split(',').map((property) => property.trim());
    else throw invalidODataRequest(`Parsing OData Select and Expand failed: '${part}' is not valid.`);
  }
  return result;
}

function parseLevels(value: string): number {
  const levels = value === 'max' ? 1000 : Number(value);
  if (!Number.isInteger(levels) || levels < 1 || levels > 1000) throw badRequest(`Invalid $levels: '${value}'.`);
  return levels;
}
