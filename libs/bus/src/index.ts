export type * from './bus.ts';
export type { Outcome } from './outcome.ts';
