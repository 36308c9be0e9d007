import { describe, expect, it } from '@jest/globals';
import { Delivery } from '../../src/notifications/delivery.ts';
import type { OutboundRequest } from '../../src/notifications/outbound.ts';
import { until } from './until.ts';

/** A delivery whose timers run when told, and whose endpoint answers as told. */
function aDelivery(statuses: (number | Error)[]) {
  const sent: OutboundRequest[] = [];
  const waits: number[] = [];
  const due: (() => void)[] = [];
  let now = 0;
  const delivery = new Delivery({
    gatherMs: 100,
    clock: () => new Date(now),
    schedule: (run, ms) => {
      waits.push(ms);
      due.push(() => {
        now += ms;
        run();
      });
      return () => void due.splice(0);
    },
    post: (request) => {
      sent.push(request);
      const status = statuses.shift() ?? 202;
      return status instanceof Error ? Promise.reject(status) : Promise.resolve({ status, contentType: '', body: '' });
    },
  });
  const tick = async (): Promise<void> => {
    await until(() => due.length > 0);
    due.shift()?.();
  };
  return { delivery, sent, waits, tick, due };
}

describe('Delivery', () => {
  it('gathers what comes together into one POST per endpoint', async () => {
    const { delivery, sent, tick } = aDelivery([]);

    delivery.send('https://a/', { n: 1 });
    delivery.send('https://b/', { n: 2 });
    delivery.send('https://a/', { n: 3 });
    await tick();
    await tick();

    expect(sent.map(({ url, body }) => [url, JSON.parse(body) as unknown])).toEqual([
      ['https://a/', { value: [{ n: 1 }, { n: 3 }] }],
      ['https://b/', { value: [{ n: 2 }] }],
    ]);
  });

  it('gives the first attempt 3 seconds, the later ones 10, ever further apart', async () => {
    const { delivery, sent, waits, tick } = aDelivery([500, new Error('reset'), 404]);

    delivery.send('https://a/', {});
    for (let attempt = 0; attempt < 4; attempt += 1) await tick();

    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([3000, 10_000, 10_000, 10_000]);
    expect(waits).toEqual([100, 1000, 2000, 4000]);
  });

  it('gives up after four hours', async () => {
    const { delivery, sent, due, waits, tick } = aDelivery(Array.from({ length: 1000 }, () => 503));

    delivery.send('https://a/', {});
    let attempts = 0;
    do {
      await tick();
      attempts += 1;
      await until(() => sent.length === attempts);
      // The refusal is known a few turns later; no timer after it means that nothing will follow.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    } while (due.length > 0);

    const total = waits.slice(1).reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThanOrEqual(4 * 3_600_000);
    expect(total).toBeGreaterThan(3.9 * 3_600_000);
  });

  it('sends nothing more once it is closed', () => {
    const { delivery, sent, due } = aDelivery([]);

    delivery.send('https://a/', {});
    delivery.close();
    delivery.send('https://b/', {});

    expect(due).toEqual([]);
    expect(sent).toEqual([]);
  });
});
