import type { Outcome } from './outcome.ts';

/** Where a record was consumed. */
export interface Consumed {
  readonly groupId: string;
  readonly topic: string;
}

/** Hears what becomes of records that are consumed, to count it. It must not throw. */
export interface BusObserver {
  /** A record was decided about, so many milliseconds after it was published. */
  decided(where: Consumed, kind: Outcome['kind'], ageMs: number): void;
  /** Nothing was decided about a batch, which comes again. */
  failed(where: Consumed): void;
  /** So many records of a partition lie behind the last one that was decided about. */
  behind(where: Consumed & { readonly partition: number }, records: number): void;
}
