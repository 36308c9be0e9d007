import { afterEach, describe, expect, it } from '@jest/globals';
import { MovableTime } from '../../src/clock/movable-time.ts';

const start = new Date('2026-01-01T00:00:00Z');
const at = (ms: number) => new Date(start.getTime() + ms);

describe('MovableTime', () => {
  let time: MovableTime;
  afterEach(() => time.close());

  it('runs what falls due on the way at its own time, earliest first', () => {
    time = new MovableTime({ startsAt: start, speed: 0 });
    const seen: [string, Date][] = [];
    time.schedule(() => seen.push(['late', time.clock()]), 2000);
    time.schedule(() => seen.push(['early', time.clock()]), 1000);

    time.advance(1500);
    expect(seen).toEqual([['early', at(1000)]]);
    time.advance(1500);
    expect(seen.at(-1)).toEqual(['late', at(2000)]);
    expect(time.clock()).toEqual(at(3000));
  });

  it('runs what was asked for by something that fell due, when its time is still within the move', () => {
    time = new MovableTime({ startsAt: start, speed: 0 });
    const seen: Date[] = [];
    const again = (): void => {
      seen.push(time.clock());
      time.schedule(again, 1000);
    };
    time.schedule(again, 1000);

    time.advance(3500);

    expect(seen).toEqual([at(1000), at(2000), at(3000)]);
  });

  it('runs nothing that was called off', () => {
    time = new MovableTime({ startsAt: start, speed: 0 });
    const seen: string[] = [];
    const cancel = time.schedule(() => seen.push('called off'), 1000);
    time.schedule(() => seen.push('left'), 1000);
    cancel();

    time.advance(2000);

    expect(seen).toEqual(['left']);
  });

  it('goes back when it is set back, and leaves what is due at its time', () => {
    time = new MovableTime({ startsAt: start, speed: 0 });
    const seen: Date[] = [];
    time.schedule(() => seen.push(time.clock()), 1000);

    time.set(at(-5000));
    time.advance(5500);
    expect(seen).toEqual([]);
    time.advance(500);
    expect(seen).toEqual([at(1000)]);
  });

  it('runs faster than the real time, timers included, and stands still when it is stopped', async () => {
    time = new MovableTime({ startsAt: start, speed: 36_000 });
    await new Promise<void>((done) => time.schedule(done, 3_600_000));
    expect(time.clock().getTime()).toBeGreaterThanOrEqual(at(3_600_000).getTime());

    time.setSpeed(0);
    const stopped = time.clock();
    await new Promise((done) => setImmediate(done));
    expect(time.clock()).toEqual(stopped);
  });
});
