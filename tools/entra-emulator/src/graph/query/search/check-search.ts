import type { ObjectKind } from '../../../directory/object-kind.ts';
import { invalidODataRequest } from '../../protocol/refusals.ts';
import { unsupportedClause } from '../filter/filter-refusals.ts';
import type { FilterRule } from '../filter/filter-rules.ts';
import { filterTarget } from '../filter/filter-target.ts';
import type { Search } from './search.ts';

/** Refuses to search by what can't be filtered by. Returns the search with its properties as Graph spells them. */
export function checkSearch(search: Search, kinds: readonly ObjectKind[]): Search {
  if (search.kind !== 'clause')
    return { ...search, operands: search.operands.map((operand) => checkSearch(operand, kinds)) };
  const target = filterTarget(kinds);
  if (!target.has(search.property)) {
    throw invalidODataRequest(
      `Invalid search clause: Could not find a property named '${search.property}' on type 'microsoft.graph.${target.type}'.`,
    );
  }
  const rule = target.rules(search.property).find(isSearchable);
  if (rule === undefined) throw unsupportedClause(search.property, target.type);
  return { ...search, property: rule.path };
}

/** Texts that can be filtered by can be searched too. */
function isSearchable({ type, basic, advanced }: FilterRule): boolean {
  return (type === 'text' || type === undefined) && (basic.has('eq') || advanced.has('eq'));
}
