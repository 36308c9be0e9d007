import { describe, expect, it } from '@jest/globals';
import { type Hints, noHints } from '@learnamp/sync-state';
import fc from 'fast-check';
import { type EndedRound, planAfterDelta } from '../../src/work/plan-after-delta.ts';
import { defaultTimings } from '../../src/work/timings.ts';

const now = new Date('2026-11-25T12:00:00Z');
const second = 1000;
const minute = 60 * second;
const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const hintsOf = (count: number, agoMs = 300): Hints => ({
  ...noHints,
  userIds: ids(count),
  newestAt: new Date(now.getTime() - agoMs),
});

/** A round that nobody hinted at and that found nothing. */
const anEmptyRound: EndedRound = {
  taken: { hints: noHints, notifications: 'silent' },
  emptyRounds: 0,
  gatheredUntil: new Date(0),
  result: { empty: true, unproved: 0, unread: 0 },
};
const withHints = (hints: Hints): EndedRound => ({ ...anEmptyRound, taken: { hints, notifications: 'heard' } });
const found = (round: EndedRound): EndedRound => ({ ...round, result: { ...round.result, empty: false } });
const planned = (round: EndedRound) => {
  const { nextDeltaAt, nextHintedAt, ...rest } = planAfterDelta(round, now, defaultTimings);
  return {
    deltaIn: (nextDeltaAt?.getTime() ?? 0) - now.getTime(),
    hintedIn: nextHintedAt.getTime() - now.getTime(),
    ...rest,
  };
};

describe('the plan after a delta round', () => {
  it('is a quarter of an hour at most, whatever came of it', () => {
    const counts = fc.nat({ max: 3 });
    const rounds = fc.record({
      taken: fc.record({
        hints: fc.record({
          userIds: fc.nat({ max: 1000 }).map(ids),
          groupIds: fc.nat({ max: 3 }).map(ids),
          overflow: fc.boolean(),
          newestAt: fc.option(fc.nat({ max: 2 * minute }).map((ago) => new Date(now.getTime() - ago))),
        }),
        notifications: fc.constantFrom('heard' as const, 'silent' as const, 'quiet' as const),
      }),
      emptyRounds: counts,
      gatheredUntil: fc.nat({ max: 2 * minute }).map((ago) => new Date(now.getTime() - ago)),
      result: fc.record({ empty: fc.boolean(), unproved: counts, unread: counts }),
    });

    fc.assert(
      fc.property(rounds, (round) => {
        const { deltaIn, hintedIn } = planned(round);

        expect(deltaIn).toBeGreaterThan(0);
        expect(deltaIn).toBeLessThanOrEqual(15 * minute);
        expect(hintedIn).toBeLessThanOrEqual(minute);
      }),
    );
  });

  it('follows the next hint of few people at once and gathers those of a burst', () => {
    expect(planned(found(withHints(hintsOf(1)))).hintedIn).toBe(60);
    expect(planned(found(withHints(hintsOf(100)))).hintedIn).toBe(6 * second);
    expect(planned(found(withHints(hintsOf(1000)))).hintedIn).toBe(minute);
    expect(planned(found(withHints({ ...noHints, overflow: true }))).hintedIn).toBe(minute);
  });

  it('looks again after ten seconds and after a minute for what a hint told of and no replica showed', () => {
    expect(planned(withHints(hintsOf(1)))).toMatchObject({ deltaIn: 10 * second, emptyRounds: 1 });
    expect(planned({ ...anEmptyRound, emptyRounds: 1 })).toMatchObject({ deltaIn: minute, emptyRounds: 2 });
    expect(planned({ ...anEmptyRound, emptyRounds: 2 })).toMatchObject({ deltaIn: 15 * minute, emptyRounds: 0 });
  });

  it('does not wait again what the hints of a burst have waited already', () => {
    const gathered = (ms: number) => ({ ...withHints(hintsOf(1, ms)), gatheredUntil: now });

    expect(planned(gathered(5 * second))).toMatchObject({ deltaIn: 10 * second, emptyRounds: 1 });
    expect(planned(gathered(20 * second))).toMatchObject({ deltaIn: minute, emptyRounds: 2 });
    expect(planned(gathered(2 * minute))).toMatchObject({ deltaIn: 15 * minute, emptyRounds: 0 });
  });

  it.each([
    ['somebody has left and nothing proves it yet', { empty: false, unproved: 1, unread: 0 }],
    ['somebody could not be read', { empty: false, unproved: 0, unread: 1 }],
  ])('looks again soon when %s, hinted at or not', (_what, result) => {
    expect(planned({ ...anEmptyRound, result })).toMatchObject({ deltaIn: 10 * second, emptyRounds: 1 });
  });

  it('looks every five minutes when something was found that no notification told of', () => {
    expect(planned(found(anEmptyRound))).toMatchObject({ deltaIn: 5 * minute, notifications: 'quiet' });
  });

  it('goes on looking every five minutes until a notification comes', () => {
    const quiet: EndedRound = { ...anEmptyRound, taken: { hints: noHints, notifications: 'quiet' } };

    expect(planned(quiet)).toMatchObject({ deltaIn: 5 * minute, notifications: 'quiet' });
    // One that was none of ours has been heard all the same.
    expect(planned(found({ ...quiet, taken: { ...quiet.taken, notifications: 'heard' } }))).toEqual({
      deltaIn: 15 * minute,
      hintedIn: 0,
      emptyRounds: 0,
    });
  });

  it('does not take what lagging replicas show late for quiet notifications', () => {
    expect(planned(found({ ...anEmptyRound, emptyRounds: 1 }))).toMatchObject({ deltaIn: 15 * minute });
  });

  it('never looks less often than the fallback that was asked for', () => {
    const { nextDeltaAt } = planAfterDelta(found(anEmptyRound), now, { ...defaultTimings, deltaEvery: minute });

    expect(nextDeltaAt).toEqual(new Date(now.getTime() + minute));
  });
});
