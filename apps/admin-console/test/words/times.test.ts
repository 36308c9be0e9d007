import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { durationWords } from '../../src/words/times.ts';

describe('a duration in words', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [59.6, '1 minute'],
    [61, '1 minute 1 second'],
    [3_600, '1 hour'],
    [86_400 + 7_260, '1 day 2 hours'],
  ])('of %d seconds is "%s"', (seconds, said) => {
    expect(durationWords(seconds)).toBe(said);
  });

  it('never says more than two units, and never is off by as much as the smaller one', () => {
    const sizes: Readonly<Record<string, number>> = { day: 86_400, hour: 3_600, minute: 60, second: 1 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        const parts = [...durationWords(seconds).matchAll(/([\d,]+) ([a-z]+?)s?(?= |$)/gu)];
        const said = parts.map(([, count = '', unit = '']) => Number(count.replaceAll(',', '')) * (sizes[unit] ?? NaN));
        const largest = [86_400, 3_600, 60, 1].find((size) => seconds >= size) ?? 1;
        const smaller = { 86_400: 3_600, 3_600: 60, 60: 1, 1: 1 }[largest] ?? 1;
        const off = seconds - said.reduce((sum, one) => sum + one, 0);
        expect(parts.length).toBeLessThanOrEqual(2);
        expect(off).toBeGreaterThanOrEqual(0);
        expect(off).toBeLessThan(smaller);
      }),
    );
  });
});
