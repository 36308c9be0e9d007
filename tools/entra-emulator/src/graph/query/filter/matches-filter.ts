import type { JsonValue } from '../../../json.ts';
import { valueAt } from '../property-value.ts';
import type { Comparison, Filter, Literal, Path, TextFunction } from './filter.ts';

/** What a filter looks at: an object by the paths of its properties, or the item of a collection. */
export type ValueOf = (path: Path) => JsonValue | undefined;

type Scalar = string | number | boolean | null;

/** Whether an object passes a filter. Texts are compared without regard to case, as Entra does; dates as moments. */
export function matchesFilter(filter: Filter, valueOf: ValueOf): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => matchesFilter(operand, valueOf));
    case 'or':
      return filter.operands.some((operand) => matchesFilter(operand, valueOf));
    case 'not':
      return !matchesFilter(filter.operand, valueOf);
    case 'any':
      return itemsOf(valueOf(filter.path)).some((item) => matchesFilter(filter.item, (path) => valueAt(item, path)));
    case 'count':
      return compare(itemsOf(valueOf(filter.path)).length, filter.operator, filter.value);
    case 'in':
      return filter.values.some((value) => compareWith(valueOf(filter.path), 'eq', value));
    case 'compare':
      return compareWith(valueOf(filter.path), filter.operator, filter.value);
    case 'call':
      return callMatches(filter.name, valueOf(filter.path), String(filter.value.value).toLowerCase());
  }
}

function itemsOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function callMatches(name: TextFunction, value: JsonValue | undefined, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  const text = value.toLowerCase();
  return { startswith: text.startsWith(wanted), endswith: text.endsWith(wanted), contains: text.includes(wanted) }[
    name
  ];
}

function compareWith(value: JsonValue | undefined, operator: Comparison, literal: Literal): boolean {
  if (literal.type === 'date') return compare(moment(value), operator, Date.parse(literal.value));
  return compare(fold(value), operator, fold(literal.value));
}

function compare(one: Scalar, operator: Comparison, other: Scalar): boolean {
  if (operator === 'eq') return one === other;
  if (operator === 'ne') return one !== other;
  if (one === null || other === null || typeof one !== typeof other) return false;
  return { ge: one >= other, le: one <= other, gt: one > other, lt: one < other }[operator];
}

function moment(value: JsonValue | undefined): number | null {
  return typeof value === 'string' ? Date.parse(value) : null;
}

function fold(value: JsonValue | undefined): Scalar {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
