import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLanes, type Lane } from '../../src/client/lanes.ts';

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => ended, end: () => end() };
}

describe('lanes', () => {
  it('let interactive work in before bulk work that waits longer', async () => {
    const lanes = createLanes(1);
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
        const lanes = createLanes(budget);
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
    const lanes = createLanes(1);
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
});
