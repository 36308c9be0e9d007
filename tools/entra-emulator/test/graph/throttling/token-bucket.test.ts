import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBucket } from '../../../src/graph/throttling/token-bucket.ts';

const WINDOW = 10_000;

describe('TokenBucket', () => {
  it('takes what it has room for, and says how long the rest must wait', () => {
    const bucket = new TokenBucket(WINDOW, 0);

    const charges = [bucket.charge(60, 100, 0), bucket.charge(40, 100, 0), bucket.charge(10, 100, 0)];

    expect(charges).toEqual([
      { share: 0.6, waitMs: 0 },
      { share: 1, waitMs: 0 },
      { share: 1.1, waitMs: 2000 },
    ]);
  });

  it('has room again after the wait that it named, and not a moment earlier', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 }), (costs) => {
        const [early, due] = [new TokenBucket(WINDOW, 0), new TokenBucket(WINDOW, 0)];
        for (const cost of costs) for (const bucket of [early, due]) bucket.charge(cost, 100, 0);
        const cost = 5;
        const { waitMs } = early.charge(cost, 100, 0);
        due.charge(cost, 100, 0);
        fc.pre(waitMs > 1);

        expect(due.charge(cost, 100, waitMs + 0.001).waitMs).toBe(0);
        expect(early.charge(cost, 100, waitMs - 1).waitMs).toBeGreaterThan(0);
      }),
    );
  });

  it('charges what it rejects, up to 1.8 times what it holds', () => {
    const bucket = new TokenBucket(WINDOW, 0);
    for (let n = 0; n < 500; n += 1) bucket.charge(1, 100, 0);

    expect(bucket.charge(1, 100, 0).share).toBe(1.8);
    expect(bucket.charge(1, 100, WINDOW * 0.7).waitMs).toBeGreaterThan(0);
    expect(bucket.charge(1, 100, WINDOW * 0.9).waitMs).toBe(0);
  });

  it('lets a whole budget through in a window, and nothing more, whatever the pace', () => {
    const bucket = new TokenBucket(WINDOW, 0);
    for (let n = 0; n < 100; n += 1) bucket.charge(1, 100, 0);

    const accepted = Array.from({ length: 100 }, (_, n) => bucket.charge(1, 100, (n + 1) * 100)).filter(
      ({ waitMs }) => waitMs === 0,
    );

    expect(accepted).toHaveLength(100);
  });

  it('has the whole budget for a request that costs more than that', () => {
    expect(new TokenBucket(WINDOW, 0).charge(5, 2, 0)).toEqual({ share: 1, waitMs: 0 });
  });

  it('is not moved by a clock that goes back', () => {
    const bucket = new TokenBucket(WINDOW, 5000);
    bucket.charge(100, 100, 5000);

    expect(bucket.charge(1, 100, 0).waitMs).toBeGreaterThan(0);
  });
});
