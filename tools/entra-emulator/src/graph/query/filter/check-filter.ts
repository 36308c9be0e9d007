import { badRequest } from '../../protocol/refusals.ts';
import { checkAlternatives } from './check-alternatives.ts';
import type { Condition, Filter, Literal, Path } from './filter.ts';
import {
  advancedOperator,
  incompatibleTypes,
  noSuchProperty,
  unsupportedClause,
  unsupportedMatch,
} from './filter-refusals.ts';
import type { FilterOperator, FilterRule } from './filter-rules.ts';
import type { FilterTarget } from './filter-target.ts';

/**
 * Refuses what Graph refuses: unknown properties, values of another type, operators that a property is not indexed for or
 * only for advanced queries, too many alternatives. Returns the filter with its properties as Graph spells them.
 */
export function checkFilter(filter: Filter, target: FilterTarget, advanced: boolean): Filter {
  checkAlternatives(filter);
  return new FilterCheck(target, advanced).check(filter, undefined);
}

class FilterCheck {
  readonly #target: FilterTarget;
  readonly #advanced: boolean;

  constructor(target: FilterTarget, advanced: boolean) {
    this.#target = target;
    this.#advanced = advanced;
  }

  /** `collection` is what `any` goes through; undefined outside of it. */
  check(filter: Filter, collection: Path | undefined): Filter {
    switch (filter.kind) {
      case 'and':
      case 'or':
        return { ...filter, operands: filter.operands.map((operand) => this.check(operand, collection)) };
      case 'not':
        if (!this.#advanced) throw advancedOperator('not');
        return { kind: 'not', operand: this.check(filter.operand, collection) };
      case 'any':
        return this.#any(filter.path, filter.item);
      case 'count':
        return this.#count(filter);
      default:
        return this.#condition(filter, collection);
    }
  }

  #any(path: Path, item: Filter): Filter {
    if (!this.#target.has(path)) throw noSuchProperty(path, this.#target.type);
    const spelled = this.#target.collection(path);
    if (spelled === undefined) throw unsupportedClause(path, this.#target.type);
    const checked = this.check(item, spelled);
    if (spelled === 'identities' && !isWholeIdentity(checked)) throw unsupportedClause(path, this.#target.type);
    return { kind: 'any', path: spelled, item: checked };
  }

  #count(filter: Extract<Filter, { kind: 'count' }>): Filter {
    if (!this.#advanced) throw badRequest('$count is not currently supported.');
    const rule = this.#rules(filter.path).find((candidate) => candidate.advanced.has('count'));
    // The index knows of a collection whether it has none, or one.
    const isKnown = ['eq', 'ne'].includes(filter.operator) && (filter.value === 0 || filter.value === 1);
    if (rule === undefined || !isKnown) throw unsupportedClause(filter.path, this.#target.type);
    return { ...filter, path: rule.path };
  }

  #condition(condition: Condition, collection: Path | undefined): Condition {
    const path = within(collection, condition.path);
    const rules = this.#rules(path).filter((rule) => rule.collection === collection);
    if (rules.length === 0) throw unsupportedClause(path, this.#target.type);
    for (const value of literalsOf(condition)) checkType(value, rules);
    const rule = rules.find((candidate) => this.#allows(candidate, condition));
    if (rule === undefined) throw this.#refusal(condition, rules, path);
    return { ...condition, path: rule.path.slice(collection === undefined ? 0 : collection.length + 1) };
  }

  #rules(path: Path): readonly FilterRule[] {
    if (!this.#target.has(path)) throw noSuchProperty(path, this.#target.type);
    return this.#target.rules(path);
  }

  #allows(rule: FilterRule, condition: Condition): boolean {
    if (isNegative(condition) && !this.#advanced) return false;
    return operatorsOf(condition).every((name) => rule.basic.has(name) || (this.#advanced && rule.advanced.has(name)));
  }

  #refusal(condition: Condition, rules: readonly FilterRule[], path: Path): Error {
    if (condition.kind === 'call' && condition.name === 'contains') return unsupportedMatch('Contains');
    const wouldDo = rules.some((rule) => operatorsOf(condition).every((name) => rule.advanced.has(name)));
    if (wouldDo && condition.kind === 'call' && condition.name === 'endswith') return advancedOperator('endsWith');
    if (!this.#advanced && isNegative(condition)) return unsupportedMatch('NotEqualsMatch');
    return unsupportedClause(path, this.#target.type);
  }
}

function isNegative(condition: Condition): boolean {
  return condition.kind === 'compare' && condition.operator === 'ne';
}

/** What the rules of the property must allow; `gt`, `lt` and `contains` are in no rule. */
function operatorsOf(condition: Condition): readonly (FilterOperator | 'gt' | 'lt' | 'contains')[] {
  if (condition.kind === 'call') return [condition.name];
  const operator = condition.kind === 'in' ? 'in' : condition.operator === 'ne' ? 'eq' : condition.operator;
  return literalsOf(condition).some(({ type }) => type === 'null') ? [operator, 'null'] : [operator];
}

function literalsOf(condition: Condition): readonly Literal[] {
  return condition.kind === 'in' ? condition.values : [condition.value];
}

function checkType(value: Literal, rules: readonly FilterRule[]): void {
  if (value.type === 'null') return;
  const [first] = rules;
  const fits = rules.some(({ type }) => type === undefined || type === value.type);
  if (!fits && first?.type !== undefined) throw incompatibleTypes(first.type, value.type);
}

function within(collection: Path | undefined, path: Path): Path {
  if (collection === undefined) return path;
  return path === '' ? collection : `${collection}/${path}`;
}

/** Identities are looked up by issuer and id together, and in no other way. */
function isWholeIdentity(item: Filter): boolean {
  const operands = item.kind === 'and' ? item.operands : [];
  return ['issuer', 'issuerAssignedId'].every((name) =>
    operands.some((operand) => operand.kind === 'compare' && operand.path === name && operand.operator === 'eq'),
  );
}
