import { setImmediate } from 'node:timers/promises';

/** Waits for a fact, for ten seconds at most. */
export async function until(fact: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!fact()) {
    if (performance.now() > end) throw new Error('the awaited fact did not come true in ten seconds');
    await setImmediate();
  }
}
