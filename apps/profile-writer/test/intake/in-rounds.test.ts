import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inRounds } from '../../src/intake/in-rounds.ts';

const items = fc
  .array(fc.nat(5), { maxLength: 40 })
  .map((keys) => keys.map((key, position) => ({ key: String(key), position })));

describe('inRounds', () => {
  it('has each key once a round, and loses nothing', () => {
    fc.assert(
      fc.property(items, (given) => {
        const rounds = inRounds(given, ({ key }) => key);

        for (const round of rounds) expect(new Set(round.map(({ key }) => key)).size).toBe(round.length);
        expect(new Set(rounds.flat())).toEqual(new Set(given));
        expect(rounds.flat()).toHaveLength(given.length);
      }),
    );
  });

  it('keeps the order of each key from round to round', () => {
    fc.assert(
      fc.property(items, (given) => {
        const flat = inRounds(given, ({ key }) => key).flat();

        for (const key of new Set(given.map((item) => item.key))) {
          const of = (list: typeof given) => list.filter((item) => item.key === key);
          expect(of(flat)).toEqual(of(given));
        }
      }),
    );
  });

  it('needs no more rounds than the busiest key has items', () => {
    fc.assert(
      fc.property(items, (given) => {
        const counts = given.map(({ key }) => given.filter((item) => item.key === key).length);

        expect(inRounds(given, ({ key }) => key)).toHaveLength(Math.max(0, ...counts));
      }),
    );
  });
});
