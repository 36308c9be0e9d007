import { describe, expect, it } from '@jest/globals';
import { MovableTime } from '../../src/clock/movable-time.ts';
import { isQuiet, passTime } from '../../src/clock/pass-time.ts';

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

    await passTime(time, 30, async () => {
      await isQuiet(() => underWay === 0, 10_000);
    });

    expect(ran).toEqual([
      ['request', 10],
      ['retry', 11],
      ['next', 20],
    ]);
    expect(now()).toBe(30);
  });
});

describe('isQuiet', () => {
  it('is true once nothing is under way, and false when something does not end', async () => {
    let underWay = 1;
    setImmediate(() => (underWay = 0));

    expect(await isQuiet(() => underWay === 0, 10_000)).toBe(true);
    expect(await isQuiet(() => false, 5)).toBe(false);
  });
});
