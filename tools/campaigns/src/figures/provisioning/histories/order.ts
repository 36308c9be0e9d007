import type { CheckOptions, Tally } from './check-histories.ts';

/** What a parent asks of a child, as JSON in its only argument. */
export interface Order extends Omit<CheckOptions, 'onHistory'> {
  readonly uri: string;
  /** The id of the variant to run. */
  readonly variant?: string;
}

/** What a child says: which history it is at, or what all of them came to. */
export type Message = { readonly number: number } | { readonly tally: Tally };
