import type { JsonValue } from '../../json.ts';
import type { Comparison, Filter, Literal } from './filter.ts';

type Values = (property: string) => JsonValue | undefined;

/** Whether an object passes a filter. Texts are compared without regard to case, as Entra does. */
export function matchesFilter(filter: Filter, valueOf: Values): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => matchesFilter(operand, valueOf));
    case 'or':
      return filter.operands.some((operand) => matchesFilter(operand, valueOf));
    case 'not':
      return !matchesFilter(filter.operand, valueOf);
    case 'in':
      return filter.values.some((value) => compare(valueOf(filter.property), 'eq', value));
    case 'compare':
      return compare(valueOf(filter.property), filter.operator, filter.value);
    case 'call':
      return callMatches(filter.name, valueOf(filter.property), filter.value);
  }
}

function callMatches(name: 'startswith' | 'endswith', value: JsonValue | undefined, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  const text = value.toLowerCase();
  return name === 'startswith' ? text.startsWith(wanted.toLowerCase()) : text.endsWith(wanted.toLowerCase());
}

function compare(value: JsonValue | undefined, operator: Comparison, wanted: Literal): boolean {
  const [one, other] = [fold(value ?? null), fold(wanted)];
  if (operator === 'eq') return one === other;
  if (operator === 'ne') return one !== other;
  if (one === null || other === null || typeof one !== typeof other) return false;
  return { ge: one >= other, le: one <= other, gt: one > other, lt: one < other }[operator];
}

function fold(value: JsonValue): Literal {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'object' ? null : value;
}
