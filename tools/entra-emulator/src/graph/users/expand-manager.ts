import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { JsonObject } from '../../json.ts';
import type { GraphCall } from '../protocol/graph-call.ts';
import { unsupportedQuery } from '../protocol/refusals.ts';
import { asksForIndex } from '../query/collection-query.ts';
import { refuseAdvanced, type Expansion } from '../query/expand/expansion.ts';
import type { Expand } from '../query/expand/parse-expand.ts';
import { checkGuarded } from '../query/guarded-properties.ts';
import { renderMember } from '../query/render-member.ts';
import { checkSelect } from '../query/select.ts';

/**
 * Adds a user's manager, or the chain of managers; a user without one gets no key. `$select` inside needs `$levels`, and
 * `$levels` needs a single user and an advanced query.
 */
export function managerExpansion(call: GraphCall, expand: Expand, on: 'object' | 'collection'): Expansion {
  const { levels, select } = expand;
  if (levels === undefined) {
    if (select !== undefined) throw unsupportedQuery('$select inside $expand=manager requires $levels.');
    refuseAdvanced(call);
    return {
      relation: 'manager',
      of: (user) => managerOf(call, call.directory, user, undefined, 1, new Set([user.id])),
    };
  }
  if (on === 'collection') throw unsupportedQuery("Transitive manager's list is only supported on a single user");
  if (!asksForIndex(call)) throw unsupportedQuery();
  const names = checkSelect('user', select, 'collection');
  checkGuarded(call, names ?? []);
  const of = (user: DirectoryObject): JsonObject =>
    managerOf(call, call.index(), user, names, levels, new Set([user.id]));
  return { relation: 'manager', of };
}

function managerOf(
  call: GraphCall,
  directory: DirectoryReads,
  user: DirectoryObject,
  select: readonly string[] | undefined,
  levels: number,
  seen: Set<string>,
): JsonObject {
  const manager = directory.find(directory.managerId(user.id) ?? '');
  // A cycle of managers would have no end.
  if (manager === undefined || levels === 0 || seen.has(manager.id)) return {};
  seen.add(manager.id);
  const above = managerOf(call, directory, manager, select, levels - 1, seen);
  return { manager: { ...renderMember(call, manager, select), ...above } };
}
