import { describe, expect, it } from '@jest/globals';
import { aDirectoryFile } from '../graph/a-directory-file.ts';
import { receivers } from '../notifications/receiver.ts';
import { controlled } from './controlled.ts';

const [SECOND, HOUR] = [1000, 3_600_000];
const { running, command, look, users } = controlled();
const open = receivers(() => running.certificateDirectory);
const start = () => running.start(aDirectoryFile());
const now = async () => Date.parse(((await look('clock')) as { now: string }).now);

/** A subscription to users that lives so long, with an endpoint that refuses what it is sent. */
async function subscribe(livesMs: number) {
  const receiver = await open();
  receiver.answer.status = 500;
  const { body } = await running.call('POST', '/subscriptions', {
    changeType: 'updated',
    resource: 'users',
    notificationUrl: receiver.url,
    lifecycleNotificationUrl: receiver.url,
    clientState: 'a secret',
    expirationDateTime: new Date((await now()) + livesMs).toISOString(),
  });
  return { id: body.id, receiver };
}

describe('the clock', () => {
  it('stands still, is moved, and what is due by it is over: an outage, then the token', async () => {
    await start();
    await command({ do: 'freeze-clock' });
    await command({ do: 'outage', forMs: HOUR / 4 });
    await running.token();
    await expect(users()).rejects.toThrow('fetch failed');

    await command({ do: 'advance-clock', ms: HOUR / 4 });
    expect(await users()).toBe(200);
    await command({ do: 'advance-clock', ms: 2 * HOUR });
    expect(await users()).toBe(401);
  });

  it('runs retries that fall due on the way, each at its own time', async () => {
    await start();
    await command({ do: 'freeze-clock' });
    const begin = await now();
    await subscribe(HOUR);
    const [user] = (await running.get('/users')).body.value;
    await running.call('PATCH', `/users/${user?.id ?? ''}`, { jobTitle: 'Pilot' });

    await command({ do: 'advance-clock', ms: 10 * SECOND });

    const deliveries = (await look('deliveries')) as { at: number; attempt: number }[];
    const seconds = deliveries.map(({ at, attempt }) => [attempt, Math.floor((at - begin) / SECOND)]);
    expect(seconds).toEqual([
      [4, 7],
      [3, 3],
      [2, 1],
      [1, 0],
    ]);
  });

  it('asks for a reauthorisation when its time comes, and ends the subscription when it is over', async () => {
    await start();
    await command({ do: 'freeze-clock' });
    const { receiver } = await subscribe(4 * HOUR);
    const told = () => receiver.notifications().length;

    await command({ do: 'advance-clock', ms: HOUR / 4 });
    expect(told()).toBe(0);
    await command({ do: 'advance-clock', ms: HOUR });
    expect(told()).toBeGreaterThan(0);
    expect(await look('subscriptions')).toHaveLength(1);

    await command({ do: 'advance-clock', ms: 3 * HOUR });
    expect(await look('subscriptions')).toEqual([]);
  });

  it('is set, forward and back, and goes back to the real time', async () => {
    await start();
    await command([{ do: 'freeze-clock' }, { do: 'set-clock', to: '2030-01-01T00:00:00Z' }]);
    expect(await look('clock')).toEqual({ now: '2030-01-01T00:00:00.000Z', speed: 0 });
    await command({ do: 'set-clock', to: '2020-01-01T00:00:00Z' });
    expect(await look('clock')).toEqual({ now: '2020-01-01T00:00:00.000Z', speed: 0 });

    await command({ do: 'reset-clock' });
    expect(Math.abs((await now()) - Date.now())).toBeLessThan(HOUR);
    expect(await look('clock')).toMatchObject({ speed: 1 });
  });

  it('runs as many times as fast as it is told', async () => {
    await start();
    await command([{ do: 'freeze-clock' }, { do: 'set-clock-speed', times: 3600 }]);
    const before = await now();

    expect(await look('clock')).toMatchObject({ speed: 3600 });
    expect(await now()).toBeGreaterThan(before);
  });

  it('carries moves out one after the other', async () => {
    await start();
    await command({ do: 'freeze-clock' });
    const before = await now();

    const { control } = running.emulator;
    await Promise.all([1, 2, 3].map(() => control.run({ do: 'advance-clock', ms: SECOND })));

    expect((await now()) - before).toBe(3 * SECOND);
  });

  it('is left alone where it was given from outside', async () => {
    await running.start(aDirectoryFile(), { clock: () => new Date('2026-01-01T00:00:00Z') });

    for (const given of [{ do: 'freeze-clock' }, { do: 'advance-clock', ms: 1 }, { do: 'reset-clock' }]) {
      expect(await command(given)).toMatchObject({
        status: 400,
        body: { detail: 'the clock was given to the emulator, and is moved where it comes from' },
      });
    }
    expect(await look('clock')).toEqual({ now: '2026-01-01T00:00:00.000Z', speed: null });
  });
});
