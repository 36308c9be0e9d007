import { createRandom } from '../../generate/random.ts';

const RESOLUTION = 2 ** 30;

/** Whether something with a probability from 0 to 1 happens. The same numbers always decide the same. */
export function happens(probability: number, ...numbers: readonly number[]): boolean {
  return probability > 0 && draw(RESOLUTION, ...numbers) < probability * RESOLUTION;
}

/** A whole number below the limit that depends on the given numbers alone. */
export function draw(limit: number, ...numbers: readonly number[]): number {
  let seed = 0;
  for (const number of numbers) seed = Math.imul(seed ^ number, 0x9e3779b1) ^ (seed >>> 15);
  return createRandom(seed).integer(limit);
}
