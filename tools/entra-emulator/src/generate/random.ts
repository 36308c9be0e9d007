/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, the limit. */
  integer(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** As many different numbers below the limit as asked for, or all there are. */
  sample(count: number, limit: number): Set<number>;
}

/** The generator mulberry32: 32 bits of state, good enough to shuffle names. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (limit: number): number => Math.floor(next() * limit);
  return {
    integer,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    sample(count, limit) {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(count, limit)) chosen.add(integer(limit));
      return chosen;
    },
  };
}
