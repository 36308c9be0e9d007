/** Random choices that follow from a seed. */
export interface Draw {
  /** A whole number from 0, below `below`. */
  below(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items; undefined when there are none. */
  from<Item>(items: readonly Item[]): Item | undefined;
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** Mulberry32: small, and good enough to choose what goes wrong. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    from: (items) => items[below(items.length)],
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item),
  };
}
