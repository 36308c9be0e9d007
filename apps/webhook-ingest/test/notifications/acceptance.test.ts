import { afterEach, describe, expect, it } from '@jest/globals';
import { type Bus, BusError } from '@learnamp/bus';
import type { WebhookIngestDeps } from '../../src/index.ts';
import { aChangeNotification } from '../a-change-notification.ts';
import { type Door, startDoor } from '../start-door.ts';

const open: Door[] = [];
async function doorWith(deps: (bus: Bus) => Partial<WebhookIngestDeps>): Promise<Door> {
  const door = await startDoor(deps);
  open.push(door);
  return door;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()));
});

/** A gate before a bus: publishes wait until it is opened. */
function gate() {
  let openIt = () => {};
  const opened = new Promise<void>((resolve) => (openIt = resolve));
  let waiting = 0;
  return {
    open: () => openIt(),
    waiting: () => waiting,
    before: (bus: Pick<Bus, 'publish'>): Pick<Bus, 'publish'> => ({
      publish: async (records) => {
        waiting += 1;
        await opened;
        await bus.publish(records);
      },
    }),
  };
}

const send = (door: Door) => door.post('/graph/notifications', { value: [aChangeNotification(door.keys)] });

/** Asks the service something else, so often that an answer that is on its way has arrived. */
async function roundTrips(door: Door, until: () => boolean): Promise<void> {
  for (let count = 0; count < 50 && !until(); count += 1) await fetch(`${door.origin}/health/live`);
}

/** Whether a service answers a notification while its bus still holds it back. */
async function answersEarly(service: (bus: Pick<Bus, 'publish'>) => Pick<Bus, 'publish'>): Promise<boolean> {
  const held = gate();
  const door = await doorWith((bus) => ({ bus: service(held.before(bus)), giveUpAfterMs: 60_000 }));
  let answered = false;
  const response = send(door).then((answer) => {
    answered = true;
    return answer;
  });
  await roundTrips(door, () => held.waiting() > 0);
  await roundTrips(door, () => answered);
  const early = answered;
  held.open();
  expect((await response).status).toBe(202);
  return early;
}

describe('202', () => {
  it('comes only after the bus has the notification', async () => {
    expect(await answersEarly((bus) => bus)).toBe(false);
  });

  it('that comes before is noticed by this test', async () => {
    const fireAndForget = (bus: Pick<Bus, 'publish'>): Pick<Bus, 'publish'> => ({
      publish: (records) => {
        void bus.publish(records);
        return Promise.resolve();
      },
    });

    expect(await answersEarly(fireAndForget)).toBe(true);
  });
});

describe('503', () => {
  it.each(['bus-unavailable', 'unknown-topic', 'bus-closed'] as const)(
    'with Retry-After is the answer while the bus says %s',
    async (code) => {
      const bus = { publish: () => Promise.reject(new BusError(code, 'no')) };
      const door = await doorWith(() => ({ bus }));

      const response = await send(door);

      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
      expect(await door.counted('notifications_total')).toEqual({ unavailable: 1 });
    },
  );

  it('comes within 2.5 seconds when the bus says nothing', async () => {
    const door = await doorWith((bus) => ({ bus: gate().before(bus) }));
    const started = performance.now();

    const response = await send(door);

    expect(response.status).toBe(503);
    expect(performance.now() - started).toBeLessThan(2_500);
  });

  it('is the answer beyond the limit, publishes that were given up included, until the bus is done with them', async () => {
    const held = gate();
    const door = await doorWith((bus) => ({ bus: held.before(bus), maxInFlight: 2, giveUpAfterMs: 20 }));

    const first = await Promise.all([send(door), send(door)]);
    const third = await send(door);
    const readyMeanwhile = await fetch(`${door.origin}/health/ready`);
    expect([...first, third].map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(held.waiting()).toBe(2);
    expect(readyMeanwhile.status).toBe(503);

    held.open();
    await roundTrips(door, () => false);
    expect((await send(door)).status).toBe(202);
    expect((await fetch(`${door.origin}/health/ready`)).status).toBe(200);
  });

  it('is the answer beyond the limit in notifications, however few requests brought them', async () => {
    const held = gate();
    const door = await doorWith((bus) => ({ bus: held.before(bus), maxInFlight: 2, giveUpAfterMs: 20 }));
    const batch = (size: number) => ({ value: Array.from({ length: size }, () => aChangeNotification(door.keys)) });

    await door.post('/graph/notifications', batch(1));
    await door.post('/graph/notifications', batch(2));
    await door.post('/graph/notifications', batch(1));

    // The second found room, the third none.
    expect(held.waiting()).toBe(2);
  });

  it('is no answer to what is not ours, whose sender would learn from it', async () => {
    const bus = { publish: () => Promise.reject(new BusError('bus-unavailable', 'no')) };
    const door = await doorWith(() => ({ bus }));

    const forged = { value: [aChangeNotification(door.keys, { clientState: 'forged' })] };

    expect((await door.post('/graph/notifications', forged)).status).toBe(202);
  });
});

describe('500', () => {
  it('is the answer to a bug, without a word about it', async () => {
    const bus = { publish: () => Promise.reject(new TypeError('inner secret')) };
    const door = await doorWith(() => ({ bus }));

    const response = await send(door);

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('inner secret');
    expect(door.log.join('')).toContain('inner secret');
  });
});

describe('the health routes', () => {
  it('say that the service lives and can serve', async () => {
    const door = await doorWith(() => ({}));

    const [live, ready] = await Promise.all(
      ['/health/live', '/health/ready'].map((path) => fetch(`${door.origin}${path}`)),
    );

    expect([live?.status, ready?.status]).toEqual([200, 200]);
  });
});
