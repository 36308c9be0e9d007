import { describe, expect, it } from '@jest/globals';
import { checkHistories, type Tally } from '../../src/figures/emulator/check-histories.ts';
import type { Mistake } from '../../src/figures/emulator/mistakes.ts';
import { writeNames } from '../../src/figures/emulator/writes.ts';

describe('random histories of a directory', () => {
  it('end, by any walk of any delta link, with what a fresh read shows', async () => {
    const { histories, failure, accepted } = await checkHistories({ seed: 20_000, count: 200, shrink: true });

    expect(failure).toBeUndefined();
    expect(histories).toBe(200);
    // A write that Graph always refuses would prove nothing.
    expect([...accepted].sort()).toEqual([...writeNames].sort());
  }, 300_000);

  const mistake: Mistake = {
    id: 'X',
    says: 'a client that overlooks descriptions that were cleared',
    row: (row) => (row['description'] === null ? undefined : row),
  };
  const withMistake = (seed: number, count: number, shrink = false): Promise<Tally> =>
    checkHistories({ seed, count, shrink, mistake });

  it('come again by the seed that a failure names', async () => {
    const first = await withMistake(1, 1000);
    const again = await withMistake(first.failure?.seed ?? 0, 1);

    expect(first.histories).toBeGreaterThan(1);
    expect(first.failure).toBeDefined();
    expect(again.failure).toEqual(first.failure);
  }, 120_000);

  it('are made smaller while they still fail', async () => {
    const found = await withMistake(1, 1000);
    const small = await withMistake(1, 1000, true);

    expect(small.failure?.seed).toBe(found.failure?.seed);
    expect(small.failure?.differences.length).toBeGreaterThan(0);
    expect(small.failure?.history.steps.length).toBeLessThan(found.failure?.history.steps.length ?? 0);
  }, 120_000);
});
