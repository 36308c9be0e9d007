import type { QueryOptions } from '../query/query-options.ts';

/** What a request costs of Graph's budget: `$select` and small pages save a unit each, `$expand` adds one; never below 1. */
export function resourceUnits(base: number, options: QueryOptions): number {
  const saved = (options.select ? 1 : 0) + (options.top !== undefined && options.top < 20 ? 1 : 0);
  return Math.max(1, base + (options.expand === undefined ? 0 : 1) - saved);
}
