import { unsupportedQuery } from '../../protocol/refusals.ts';
import type { Filter } from './filter.ts';

/** How many alternatives Graph takes in one filter. */
const MAX_ALTERNATIVES = 15;

/** Refuses more alternatives, by `or` or in a list, than Graph looks up at once. */
export function checkAlternatives(filter: Filter): void {
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
    case 'any':
      return alternatives(filter.item);
    case 'in':
      return filter.values.length;
    default:
      return 1;
  }
}
