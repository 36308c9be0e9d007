import { describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { changeJob, inFuture, subscribeMore } from '../../src/conformance/facts/notifications/subscribing.ts';
import { everything, TENANT } from '../../src/conformance/facts/notifications/tenant.ts';
import { told, worlds } from './a-world.ts';

jest.setTimeout(30_000);

const open = worlds();
const HOUR = 3_600_000;

describe('a subscription that is being moved', () => {
  it('stays deleted when it is deleted while the new endpoint takes its time', async () => {
    const { world, receiver } = await open();
    const { id } = await subscribeMore(world, receiver, {});
    receiver.answering = (_posted, token = '') => ({ status: 200, body: token, after: 5000 });

    const moved = world.call('PATCH', `/subscriptions/${id}`, { body: { notificationUrl: `${receiver.origin}/new` } });
    while (receiver.holding === 0) await setImmediate();
    await world.call('DELETE', `/subscriptions/${id}`);
    await world.pass(5000);

    expect((await moved).status).toBe(404);
    expect(world.emulator.notifications.subscriptions()).toEqual([]);
  });

  it('does not need a handshake where it is already', async () => {
    const { world, receiver } = await open();
    const { id, body } = await subscribeMore(world, receiver, {});
    receiver.reset();

    const { notificationUrl } = body;
    const { status } = await world.call('PATCH', `/subscriptions/${id}`, { body: { notificationUrl } });

    expect([status, receiver.posted.length]).toEqual([200, 0]);
  });
});

describe('an application whose consent is revoked', () => {
  it('can neither renew, reauthorise, read nor delete its subscriptions with a new token', async () => {
    const { world, receiver } = await open();
    const { id } = await subscribeMore(world, receiver, {});
    const path = `/subscriptions/${id}`;

    world.emulator.entra.revokeConsent(TENANT, everything.appId);
    await world.pass(60_000);
    const statuses = [
      await world.call('PATCH', path, { body: { expirationDateTime: inFuture(world, HOUR) } }),
      await world.call('POST', `${path}/reauthorize`),
      await world.call('GET', path),
      await world.call('DELETE', path),
    ].map(({ status }) => status);

    expect(statuses).toEqual([403, 403, 403, 403]);
    expect(world.emulator.notifications.subscriptions()).toHaveLength(1);
  });

  it('is told nothing until it renews, also where it can not be asked to', async () => {
    const { world, receiver } = await open();
    const { id } = await subscribeMore(world, receiver, {});
    const token = await world.token();

    world.emulator.entra.revokeConsent(TENANT, everything.appId);
    await changeJob(world);
    await world.pass(HOUR / 2);
    const before = told({ receiver }).length;
    const body = { expirationDateTime: inFuture(world, HOUR) };
    await world.call('PATCH', `/subscriptions/${id}`, { body, token });
    await world.pass(HOUR / 10);

    expect([before, told({ receiver }).length]).toEqual([0, 1]);
  });
});
