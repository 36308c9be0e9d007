/** A comparison operator of OData. */
export type Comparison = 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt';

/** A function that compares texts. */
export type TextFunction = 'startswith' | 'endswith' | 'contains';

/** A value as a `$filter` writes it. Dates and GUIDs are written without quotes, which makes them other types than texts. */
export type Literal =
  | { readonly type: 'text' | 'date' | 'guid'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null'; readonly value: null };

/** `mail`, or `employeeOrgData/division`. Inside of `any` it starts at the item; an item that is a value itself is ''. */
export type Path = string;

/** A comparison of one property. */
export type Condition =
  | { readonly kind: 'compare'; readonly path: Path; readonly operator: Comparison; readonly value: Literal }
  | { readonly kind: 'in'; readonly path: Path; readonly values: readonly Literal[] }
  | { readonly kind: 'call'; readonly name: TextFunction; readonly path: Path; readonly value: Literal };

/** A parsed `$filter`. */
export type Filter =
  | Condition
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  /** `groupTypes/any(c:c eq 'Unified')`: some item passes. */
  | { readonly kind: 'any'; readonly path: Path; readonly item: Filter }
  /** `assignedLicenses/$count eq 0`: how many items there are. */
  | { readonly kind: 'count'; readonly path: Path; readonly operator: Comparison; readonly value: number };
