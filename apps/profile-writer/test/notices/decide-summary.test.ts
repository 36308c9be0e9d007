import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NoticeState } from '../../src/notices/decide-notices.ts';
import { decideSummary, lastMonday } from '../../src/notices/decide-summary.ts';

const HOUR = 3_600_000;

describe('a summary', () => {
  it.each([
    ['2026-11-23T08:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T07:59:59.999Z', '2026-11-16T08:00:00.000Z'],
    ['2026-11-29T23:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['1969-12-31T00:00:00.000Z', '1969-12-29T08:00:00.000Z'],
  ])('of %s is of the week until %s', (now, monday) => {
    expect(lastMonday(new Date(now)).toISOString()).toBe(monday);
  });

  it.each([
    ['on Monday at eight', '2026-11-23T08:00:00Z', true],
    ['later that day, where there was nobody to send it', '2026-11-23T23:30:00Z', true],
    ['a minute before', '2026-11-23T07:59:00Z', false],
    ['on Tuesday at eight', '2026-11-24T08:00:00Z', false],
  ])('is due %s: %s, %s', (_when, now, isDue) => {
    expect(decideSummary(null, new Date(now)) !== null).toBe(isDue);
  });

  it('comes once a week, however often the clock is looked at and whichever way it jumps', () => {
    const hours = fc.array(fc.integer({ min: -10 * 24, max: 10 * 24 }), { maxLength: 80 });
    fc.assert(
      fc.property(hours, (jumps) => {
        let [now, notice]: [number, NoticeState | null] = [Date.parse('2026-11-23T08:00:00Z'), null];
        const weeks: number[] = [];
        for (const hour of [0, ...jumps]) {
          now += hour * HOUR;
          const after = decideSummary(notice, new Date(now));
          if (after) weeks.push(lastMonday(new Date(now)).getTime());
          notice = after ?? notice;
        }
        expect(weeks).toEqual([...new Set(weeks)].sort((one, other) => one - other));
        expect(weeks.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is never missed by a clock that goes on', () => {
    let notice: NoticeState | null = null;
    const sent: string[] = [];
    for (let now = Date.parse('2026-11-20T00:00:00Z'); sent.length < 3; now += HOUR / 2) {
      const after = decideSummary(notice, new Date(now));
      if (after) sent.push(new Date(now).toISOString());
      notice = after ?? notice;
    }

    expect(sent).toEqual(['2026-11-23', '2026-11-30', '2026-12-07'].map((day) => `${day}T08:00:00.000Z`));
  });
});
