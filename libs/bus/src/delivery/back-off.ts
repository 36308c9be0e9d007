/** Waiting times between attempts, in milliseconds: doubled from `initialMs` up to `maxMs`. */
export interface BackOff {
  readonly initialMs: number;
  readonly maxMs: number;
}

export const defaultBackOff: BackOff = { initialMs: 200, maxMs: 30_000 };

/** How long to wait after so many failed attempts in a row (1 is the first). */
export function backOffDelay(backOff: BackOff, failures: number): number {
  // Beyond 2^30 the power says nothing new and would end in Infinity.
  return Math.min(backOff.maxMs, backOff.initialMs * 2 ** Math.min(failures - 1, 30));
}
