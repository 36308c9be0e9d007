import { describe, expect, it } from '@jest/globals';
import { noHints } from '@learnamp/sync-state';
import fc from 'fast-check';
import { changesSince, followedAfter } from '../../src/work/changes-since.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute));
const hints = { ...noHints, userIds: ['u'], oldestAt: at(10), newestAt: at(11) };

describe('changesSince', () => {
  it.each([
    ['the first hint', { followedUntil: at(0), emptyRounds: 0 }, hints, at(10)],
    ['the first hint, where no round was before', { emptyRounds: 0 }, hints, at(10)],
    ['the round before, where nothing was hinted', { followedUntil: at(0), emptyRounds: 0 }, noHints, at(0)],
    ['the first attempt of a round that is repeated', { followedUntil: at(9), emptyRounds: 1 }, noHints, at(9)],
    ['that as well where more was hinted since', { followedUntil: at(9), emptyRounds: 1 }, hints, at(9)],
    ['a hint from before the first attempt', { followedUntil: at(12), emptyRounds: 1 }, hints, at(10)],
    ['nothing that is known, where no round was before', { emptyRounds: 0 }, noHints, null],
    [
      'nothing that is known of hints from before they had a time',
      { followedUntil: at(0), emptyRounds: 1 },
      { ...noHints, userIds: ['u'] },
      null,
    ],
  ])('is %s', (_what, record, taken, since) => {
    expect(changesSince(record, { hints: taken })).toEqual(since);
  });

  it('is never later than the first hint', () => {
    const minutes = fc.integer({ min: 0, max: 59 });

    fc.assert(
      fc.property(minutes, minutes, fc.nat({ max: 2 }), (followed, hinted, emptyRounds) => {
        const taken = { hints: { ...hints, oldestAt: at(hinted) } };

        const since = changesSince({ followedUntil: at(followed), emptyRounds }, taken);

        expect(since?.getTime()).toBeLessThanOrEqual(at(hinted).getTime());
      }),
    );
  });
});

describe('followedAfter', () => {
  const round = { startedAt: at(10), since: at(5) };

  it('is the beginning of a round that is over', () => {
    expect(followedAfter(round, { emptyRounds: 0 })).toEqual(at(10));
  });

  it('is since when the round followed, where it is to be repeated', () => {
    expect(followedAfter(round, { emptyRounds: 1 })).toEqual(at(5));
  });
});
