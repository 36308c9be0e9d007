/** A comparison operator of OData. */
export type Comparison = 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt';

export type Literal = string | number | boolean | null;

/** A parsed `$filter`. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'compare'; readonly property: string; readonly operator: Comparison; readonly value: Literal }
  | { readonly kind: 'in'; readonly property: string; readonly values: readonly Literal[] }
  | {
      readonly kind: 'call';
      readonly name: 'startswith' | 'endswith';
      readonly property: string;
      readonly value: string;
    };

/** Every property comparison in a filter. */
export function leaves(filter: Filter): Exclude<Filter, { kind: 'and' | 'or' | 'not' }>[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap(leaves);
    case 'not':
      return leaves(filter.operand);
    default:
      return [filter];
  }
}
