import type { Clock } from '../src/index.ts';

/** A clock on which every sleep is over at once; `slept` has the milliseconds that were asked for. */
export function instantClock(now = 0): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  let time = now;
  return {
    slept,
    now: () => time,
    sleep: (milliseconds, signal) => {
      slept.push(milliseconds);
      time += milliseconds;
      return signal?.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
  };
}
