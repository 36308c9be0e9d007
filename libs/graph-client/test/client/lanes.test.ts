import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLanes, type Lane } from '../../src/client/lanes.ts';
import { instantClock } from '../instant-clock.ts';

/** A clock that goes on when it is told to. */
function steppedClock() {
  let time = 0;
  const sleepers = new Set<() => void>();
  return {
    now: () => time,
    sleeping: () => sleepers.size,
    sleep: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const until = time + milliseconds;
        const look = () => {
          if (time < until) return;
          sleepers.delete(look);
          resolve();
        };
        sleepers.add(look);
        signal?.addEventListener('abort', () => {
          sleepers.delete(look);
          reject(new Error('woken'));
        });
      }),
    step: async (milliseconds: number) => {
      time += milliseconds;
      for (const look of [...sleepers]) look();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => ended, end: () => end() };
}

const lanesOf = (maxConcurrency: number, clock = instantClock()) =>
  createLanes({ maxConcurrency, clock, longestWaitMs: 60_000 });

describe('lanes', () => {
  it('let interactive work in before bulk work that waits longer', async () => {
    const lanes = lanesOf(1);
    const first = work();
    const order: string[] = [];
    const mark = (name: string) => () => Promise.resolve(order.push(name));

    const running = lanes.run('bulk', undefined, first.run);
    const waiting = [
      lanes.run('bulk', undefined, mark('bulk 1')),
      lanes.run('bulk', undefined, mark('bulk 2')),
      lanes.run('interactive', undefined, mark('interactive 1')),
      lanes.run('interactive', undefined, mark('interactive 2')),
    ];
    first.end();
    await Promise.all([running, ...waiting]);

    expect(order).toEqual(['interactive 1', 'interactive 2', 'bulk 1', 'bulk 2']);
  });

  it('never run more than their budget, and run everything', async () => {
    const jobs = fc.array(fc.tuple(fc.constantFrom<Lane>('bulk', 'interactive'), fc.boolean()), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), jobs, async (budget, wanted) => {
        const lanes = lanesOf(budget);
        let [running, most, done] = [0, 0, 0];
        const job = (fails: boolean) => async () => {
          running += 1;
          most = Math.max(most, running);
          await Promise.resolve();
          running -= 1;
          done += 1;
          if (fails) throw new Error('failed');
        };
        await Promise.allSettled(wanted.map(([lane, fails]) => lanes.run(lane, undefined, job(fails))));

        expect(done).toBe(wanted.length);
        expect(most).toBe(Math.min(budget, wanted.length));
      }),
    );
  });

  it('forget work whose caller stopped while it waited', async () => {
    const lanes = lanesOf(1);
    const first = work();
    const controller = new AbortController();
    let ran = false;

    const running = lanes.run('bulk', undefined, first.run);
    const given = lanes.run('bulk', controller.signal, () => Promise.resolve((ran = true)));
    controller.abort();

    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    first.end();
    await running;
    await lanes.run('bulk', undefined, () => Promise.resolve());
    expect(ran).toBe(false);
  });

  it('let nobody in while they are closed, and interactive work first when they open', async () => {
    const clock = steppedClock();
    const lanes = createLanes({ maxConcurrency: 1, clock, longestWaitMs: 60_000 });
    const order: string[] = [];
    const mark = (name: string) => () => Promise.resolve(order.push(`${name} at ${clock.now()}`));

    lanes.closeFor(3000);
    lanes.closeFor(1000);
    const waiting = [lanes.run('bulk', undefined, mark('bulk')), lanes.run('interactive', undefined, mark('person'))];
    await clock.step(2999);
    expect(order).toEqual([]);
    await clock.step(1);
    await Promise.all(waiting);

    expect(order).toEqual(['person at 3000', 'bulk at 3000']);
  });

  it('refuse at once whoever would wait too long, and whoever waits already', async () => {
    const clock = steppedClock();
    const lanes = createLanes({ maxConcurrency: 1, clock, longestWaitMs: 60_000 });

    lanes.closeFor(1000);
    const waiting = lanes.run('bulk', undefined, () => Promise.resolve());
    lanes.closeFor(90_000);

    await expect(waiting).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 90_000 });
    const late = lanes.run('interactive', undefined, () => Promise.resolve());
    await expect(late).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 90_000 });
  });

  it('leave no timer behind when nobody waits any more', async () => {
    const clock = steppedClock();
    const lanes = createLanes({ maxConcurrency: 1, clock, longestWaitMs: 60_000 });
    const controller = new AbortController();

    lanes.closeFor(1000);
    const given = lanes.run('bulk', controller.signal, () => Promise.resolve());
    expect(clock.sleeping()).toBe(1);
    controller.abort();

    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    expect(clock.sleeping()).toBe(0);
  });
});
