import { describe, expect, it } from '@jest/globals';
import { passTime } from '../../src/conformance/pass-time.ts';
import { MovableTime } from '../../src/clock/movable-time.ts';

const start = new Date('2026-11-25T12:00:00Z');

/** A time that stands, and what ran at which millisecond of it. */
function aTime() {
  const time = new MovableTime({ startsAt: start, speed: 0 });
  const ran: [string, number][] = [];
  const now = (): number => time.clock().getTime() - start.getTime();
  const after = (ms: number, name: string, then?: () => void) =>
    time.schedule(() => {
      ran.push([name, now()]);
      then?.();
    }, ms);
  return { time, ran, now, after };
}

describe('passTime', () => {
  it('lets what is under way come to its end before the clock goes on', async () => {
    const { time, ran, now, after } = aTime();
    let underWay = 0;
    after(10, 'request', () => {
      underWay = 1;
      setImmediate(() => {
        underWay = 0;
        after(1, 'retry');
      });
    });
    after(20, 'next');

    await passTime(time, 30, () => underWay === 0);

    expect(ran).toEqual([
      ['request', 10],
      ['retry', 11],
      ['next', 20],
    ]);
    expect(now()).toBe(30);
  });
});
