/** What a handler decided about one record. The runner acts on it; a handler never touches the dead letters itself. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'dead-letter'; readonly reason: string; readonly cause?: unknown };
