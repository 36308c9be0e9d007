import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backOffDelay } from '../../src/delivery/back-off.ts';

describe('backOffDelay', () => {
  it('doubles from the first delay', () => {
    const delays = [1, 2, 3, 4].map((failures) => backOffDelay({ initialMs: 200, maxMs: 30_000 }, failures));

    expect(delays).toEqual([200, 400, 800, 1_600]);
  });

  it('never falls and never exceeds its bound, however many failures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5_000 }), (failures, more) => {
        const backOff = { initialMs: 200, maxMs: 30_000 };
        const [delay, later] = [backOffDelay(backOff, failures), backOffDelay(backOff, failures + more)];

        expect(later).toBeGreaterThanOrEqual(delay);
        expect(later).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});
