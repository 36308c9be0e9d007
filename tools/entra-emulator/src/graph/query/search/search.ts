/** A parsed `$search`. */
export type Search =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Search[] }
  | { readonly kind: 'clause'; readonly property: string; readonly text: string };
