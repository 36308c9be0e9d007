import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freshnessOf } from '../../src/overview/freshness.ts';

const at = (hour: number, minute = 0, second = 0) => new Date(Date.UTC(2026, 10, 23, hour, minute, second));
const sample = (appliedAt: Date, seconds: number) => ({
  since: new Date(appliedAt.getTime() - seconds * 1000),
  appliedAt,
});

describe('the freshness of a day', () => {
  it('of no samples says so', () => {
    expect(freshnessOf([], 'timer')).toEqual({
      ...{ by: 'timer', targetSeconds: 1800, samples: 0, p50: null, p95: null, hours: [] },
    });
  });

  it('is told of the whole and of each hour that has samples, the oldest first', () => {
    const samples = [sample(at(12, 1), 4), sample(at(9, 59, 59), 700), sample(at(12, 40), 2.34), sample(at(12, 50), 6)];

    expect(freshnessOf(samples, 'notifications')).toEqual({
      ...{ by: 'notifications', targetSeconds: 1800, samples: 4, p50: 4, p95: 700 },
      hours: [
        { at: at(9).toISOString(), samples: 1, p50: 700, p95: 700 },
        { at: at(12).toISOString(), samples: 3, p50: 4, p95: 6 },
      ],
    });
  });

  it('takes a clock that runs behind for no time at all', () => {
    expect(freshnessOf([sample(at(9), -3)], 'timer')).toMatchObject({ p50: 0, p95: 0 });
  });

  it('has percentiles by nearest rank: that many took no longer, and somebody took just that', () => {
    const seconds = fc.array(fc.nat({ max: 3000 }), { minLength: 1, maxLength: 60 });

    fc.assert(
      fc.property(seconds, (taken) => {
        const { p50, p95, samples, hours } = freshnessOf(
          taken.map((each, n) => sample(at(n % 24, n), each)),
          'timer',
        );

        for (const [share, value] of [
          [0.5, p50],
          [0.95, p95],
        ] as const) {
          const within = taken.filter((each) => each <= (value ?? -1)).length;
          const below = taken.filter((each) => each < (value ?? -1)).length;
          expect(taken).toContain(value);
          expect(within).toBeGreaterThanOrEqual(share * taken.length);
          expect(below).toBeLessThan(share * taken.length);
        }
        expect(samples).toBe(taken.length);
        expect(hours.reduce((sum, hour) => sum + hour.samples, 0)).toBe(samples);
      }),
    );
  });
});
