import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/json.ts';
import { Delivery } from '../../src/notifications/delivery.ts';
import { DeliveryLog } from '../../src/notifications/delivery-log.ts';
import type { Notification } from '../../src/notifications/notification.ts';
import type { OutboundRequest } from '../../src/notifications/outbound.ts';
import { Timers } from '../../src/notifications/schedule.ts';
import { until } from './until.ts';

/** A delivery whose timers run when told, and whose endpoint answers as told. */
function aDelivery(statuses: (number | Error)[]) {
  const sent: OutboundRequest[] = [];
  const waits: number[] = [];
  const due: (() => void)[] = [];
  let now = 0;
  const timers = new Timers((run, ms) => {
    waits.push(ms);
    due.push(() => {
      now += ms;
      run();
    });
    return () => void due.splice(0);
  });
  const log = new DeliveryLog();
  const delivery = new Delivery({
    gatherMs: 100,
    clock: () => new Date(now),
    timers,
    log,
    isHeld: (id) => id === 'held' && now < 60_000,
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
  return { delivery, timers, log, sent, waits, tick, due };
}

function aNotification(url: string, body: JsonObject = {}, subscriptionId = 'one'): Notification {
  return { url, subscriptionId, kind: 'change', body };
}

describe('Delivery', () => {
  it('gathers what comes together into one POST per URL', async () => {
    const { delivery, sent, tick } = aDelivery([]);

    delivery.send(aNotification('https://a/', { n: 1 }));
    delivery.send(aNotification('https://b/', { n: 2 }));
    delivery.send(aNotification('https://a/', { n: 3 }));
    await tick();
    await tick();

    expect(sent.map(({ url, body }) => [url, JSON.parse(body) as unknown])).toEqual([
      ['https://a/', { value: [{ n: 1 }, { n: 3 }] }],
      ['https://b/', { value: [{ n: 2 }] }],
    ]);
  });

  it('gives the first attempt 3 seconds, the later ones 10, ever further apart', async () => {
    const { delivery, sent, waits, tick } = aDelivery([500, new Error('reset'), 404]);

    delivery.send(aNotification('https://a/'));
    for (let attempt = 0; attempt < 4; attempt += 1) await tick();

    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([3000, 10_000, 10_000, 10_000]);
    expect(waits).toEqual([100, 1000, 2000, 4000]);
  });

  it('gives up after four hours', async () => {
    const { delivery, log, due, waits, tick } = aDelivery(Array.from({ length: 1000 }, () => 503));

    delivery.send(aNotification('https://a/'));
    let attempts = 0;
    do {
      await tick();
      attempts += 1;
      await until(() => log.entries().length === attempts);
    } while (due.length > 0);

    const total = waits.slice(1).reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeLessThanOrEqual(4 * 3_600_000);
    expect(total).toBeGreaterThan(3.9 * 3_600_000);
    expect(log.entries().map(({ retryAt }) => retryAt === undefined)).toEqual([
      ...Array.from({ length: attempts - 1 }, () => false),
      true,
    ]);
  });

  it('keeps back what is held, posts the rest, and posts it when it is no longer held', async () => {
    const { delivery, sent, tick, due } = aDelivery([]);

    delivery.send(aNotification('https://a/', { n: 1 }, 'held'));
    delivery.send(aNotification('https://a/', { n: 2 }));
    await tick();
    await until(() => sent.length === 1);
    while (due.length > 0) await tick();

    expect(sent.map(({ body }) => body)).toEqual(['{"value":[{"n":2}]}', '{"value":[{"n":1}]}']);
  });

  it('notes each attempt: when, whose, how many, what came back and how long it took', async () => {
    const { delivery, log, tick } = aDelivery([503, 200]);

    delivery.send(aNotification('https://a/', { n: 1 }, 'one'));
    delivery.send(aNotification('https://a/', { n: 2 }, 'two'));
    await tick();
    await tick();
    await until(() => log.entries().length === 2);

    const common = { url: 'https://a/', subscriptionIds: ['one', 'two'], notifications: 2, ms: 0 };
    expect(log.entries()).toEqual([
      { ...common, at: 100, attempt: 1, outcome: 'refused', status: 503, retryAt: 1100 },
      { ...common, at: 1100, attempt: 2, outcome: 'delivered', status: 200 },
    ]);
  });

  it('sends nothing more once its timers are closed', () => {
    const { delivery, timers, sent, due } = aDelivery([]);

    delivery.send(aNotification('https://a/'));
    timers.close();
    delivery.send(aNotification('https://b/'));

    expect(due).toEqual([]);
    expect(sent).toEqual([]);
  });
});
