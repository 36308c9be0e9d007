/**
 * What a broker may do to its users, on purpose and repeatable by seed. Every consumer has to bear it: records come
 * twice, late and in pieces, partitions overtake each other. Within a partition the order stays.
 */
export interface ChaosOptions {
  readonly seed: number;
  /** Share of appends that are written twice and of batches that are handed over again, 0 to 1. Default 0.1. */
  readonly duplicates?: number;
  /** Longest delay before a batch is handed over, in milliseconds. Default 20. */
  readonly maxDelayMs?: number;
}

/** The decisions that chaos takes; without it each is the plain one. */
export interface Chaos {
  readonly appendsTwice: () => boolean;
  readonly redelivers: () => boolean;
  readonly delayMs: () => number;
  readonly batchSize: (max: number) => number;
  /** Which of the waiting partitions goes next: 0 is the one that waits longest. */
  readonly nextInLine: (waiting: number) => number;
}

/** No chaos. */
export const calm: Chaos = {
  appendsTwice: () => false,
  redelivers: () => false,
  delayMs: () => 0,
  batchSize: (max) => max,
  nextInLine: () => 0,
};

/** mulberry32: small, seedable, good enough to vary a test. Numbers from 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function createChaos(options: ChaosOptions): Chaos {
  const { duplicates = 0.1, maxDelayMs = 20 } = options;
  const random = randomFrom(options.seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  return {
    appendsTwice: () => random() < duplicates,
    redelivers: () => random() < duplicates,
    delayMs: () => below(maxDelayMs + 1),
    // Small ones as often as large ones: a uniform choice would hardly ever cut a short log into pieces.
    batchSize: (max) => Math.floor(max ** random()),
    nextInLine: (waiting) => below(waiting),
  };
}
