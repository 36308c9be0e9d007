import { isProperty, type Properties } from '../../directory/property-type.ts';
import { badRequest, invalidODataRequest, unsupportedQuery } from '../protocol/refusals.ts';
import { leaves, type Filter } from './filter.ts';

/** How many alternatives Graph takes in one filter. */
const MAX_ALTERNATIVES = 15;

/** What a collection lets itself be filtered by. */
export interface FilterRules {
  readonly type: 'user' | 'group';
  readonly properties: Properties;
  /** Those that `eq`, `in` and `startswith` work on without an advanced query. */
  readonly basic: ReadonlySet<string>;
}

/** Refuses what Graph refuses: unknown properties, too many alternatives, and advanced operators in a basic query. */
export function checkFilter(filter: Filter, rules: FilterRules, advanced: boolean): void {
  for (const leaf of leaves(filter)) {
    if (!isProperty(rules.properties, leaf.property)) {
      throw invalidODataRequest(
        `Invalid filter clause: Could not find a property named '${leaf.property}' on type 'microsoft.graph.${rules.type}'.`,
      );
    }
    checkType(leaf, rules.properties);
    if (!advanced && !isBasic(leaf, rules.basic)) throw unsupportedQuery();
  }
  if (!advanced && containsNot(filter)) throw unsupportedQuery();
  checkAlternatives(filter);
}

function checkType(leaf: ReturnType<typeof leaves>[number], properties: Properties): void {
  const type = properties[leaf.property]?.type ?? 'text';
  if (['texts', 'object', 'objects'].includes(type)) throw unsupportedQuery();
  const values = leaf.kind === 'in' ? leaf.values : [leaf.value];
  const wanted = type === 'boolean' || type === 'number' ? type : 'string';
  if (values.some((value) => value !== null && typeof value !== wanted)) {
    throw badRequest(`Invalid filter clause: the type of '${leaf.property}' does not match the value.`);
  }
}

function isBasic(leaf: ReturnType<typeof leaves>[number], basic: ReadonlySet<string>): boolean {
  if (leaf.kind === 'compare' && leaf.operator !== 'eq') return false;
  if (leaf.kind === 'call' && (leaf.name !== 'startswith' || leaf.property === 'id')) return false;
  return basic.has(leaf.property);
}

function containsNot(filter: Filter): boolean {
  if (filter.kind === 'not') return true;
  return filter.kind === 'and' || filter.kind === 'or' ? filter.operands.some(containsNot) : false;
}

function checkAlternatives(filter: Filter): void {
  const count = alternatives(filter);
  if (count > MAX_ALTERNATIVES) {
    throw unsupportedQuery(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: ${MAX_ALTERNATIVES}.`,
    );
  }
}

function alternatives(filter: Filter): number {
  switch (filter.kind) {
    case 'or':
      return filter.operands.reduce((sum, operand) => sum + alternatives(operand), 0);
    case 'and':
      return Math.max(...filter.operands.map(alternatives));
    case 'not':
      return alternatives(filter.operand);
    case 'in':
      return filter.values.length;
    default:
      return 1;
  }
}
