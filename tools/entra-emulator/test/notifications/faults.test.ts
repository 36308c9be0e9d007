import { describe, expect, it, jest } from '@jest/globals';
import { changeJob, subscribeMore } from '../../src/conformance/facts/notifications/subscribing.ts';
import { ADELE, BRIAN, CHRIS } from '../../src/conformance/facts/notifications/tenant.ts';
import { told, worlds } from './a-world.ts';

jest.setTimeout(30_000);

const open = worlds();
const who = (notifications: { resource?: unknown }[]) => notifications.map(({ resource }) => resource);
const [adele, brian, chris] = [ADELE, BRIAN, CHRIS].map((id) => `Users/${id}`);

describe('notifications of a subscription, with faults', () => {
  it('are lost as often as told, and not beyond', async () => {
    const { world, receiver } = await open();
    await subscribeMore(world, receiver, {});
    world.emulator.notifications.faults.add({ kind: 'lose', count: 1 });

    await changeJob(world, ADELE);
    await changeJob(world, BRIAN);
    await world.pass(60_000);

    expect(who(told({ receiver }))).toEqual([brian]);
  });

  it('come a second time', async () => {
    const { world, receiver } = await open();
    await subscribeMore(world, receiver, {});
    world.emulator.notifications.faults.add({ kind: 'repeat', count: 1, ms: 5000 });

    await changeJob(world, ADELE);
    await world.pass(4000);
    const before = told({ receiver });
    await world.pass(2000);

    expect(before).toHaveLength(1);
    expect(told({ receiver })).toEqual([...before, ...before]);
  });

  it('come late', async () => {
    const { world, receiver } = await open();
    await subscribeMore(world, receiver, {});
    world.emulator.notifications.faults.add({ kind: 'delay', count: 1, ms: 120_000 });

    await changeJob(world, ADELE);
    await changeJob(world, BRIAN);
    await world.pass(119_000);
    const before = who(told({ receiver }));
    await world.pass(2000);

    expect(before).toEqual([brian]);
    expect(who(told({ receiver }))).toEqual([brian, adele]);
  });

  it('change places with the next one', async () => {
    const { world, receiver } = await open();
    await subscribeMore(world, receiver, {});
    world.emulator.notifications.faults.add({ kind: 'reorder', count: 1 });

    for (const person of [ADELE, BRIAN, CHRIS]) await changeJob(world, person);
    await world.pass(1000);

    expect(who(told({ receiver }))).toEqual([brian, adele, chris]);
  });

  it('come after a minute when there is no next one to change places with', async () => {
    const { world, receiver } = await open();
    await subscribeMore(world, receiver, {});
    world.emulator.notifications.faults.add({ kind: 'reorder', count: 1 });

    await changeJob(world, ADELE);
    await world.pass(59_000);
    const before = told({ receiver });
    await world.pass(2000);

    expect(before).toEqual([]);
    expect(who(told({ receiver }))).toEqual([adele]);
  });

  it('are dropped with the subscription, of which nobody is told', async () => {
    const { world, receiver } = await open();
    const lifecycleNotificationUrl = `${receiver.origin}/lifecycle`;
    const { id } = await subscribeMore(world, receiver, { lifecycleNotificationUrl });
    receiver.reset();

    const dropped = world.emulator.notifications.dropSubscription(id);
    await changeJob(world);
    await world.pass(60_000);

    expect([dropped, world.emulator.notifications.dropSubscription(id)]).toEqual([true, false]);
    expect(receiver.posted).toEqual([]);
    expect((await world.call('GET', `/subscriptions/${id}`)).status).toBe(404);
  });

  it.each(['reauthorizationRequired', 'subscriptionRemoved', 'missed'] as const)(
    'are joined by %s when it is sent',
    async (event) => {
      const { world, receiver } = await open();
      const lifecycleNotificationUrl = `${receiver.origin}/lifecycle`;
      const { id } = await subscribeMore(world, receiver, { lifecycleNotificationUrl });
      const without = await subscribeMore(world, receiver, { resource: 'groups' });

      const sent = [id, without.id, 'nobody'].map((one) => world.emulator.notifications.sendLifecycleEvent(one, event));
      await world.pass(1000);

      expect(sent).toEqual([true, false, false]);
      expect(told({ receiver })).toEqual([
        expect.objectContaining({ lifecycleEvent: event, subscriptionId: id, clientState: 'a secret' }),
      ]);
    },
  );
});

describe('a fault of notifications', () => {
  it('is put in force and taken back by commands, and refused when it is not valid', async () => {
    const { world } = await open();
    const { control, notifications } = world.emulator;

    const added = await control.run({ do: 'add-notification-fault', fault: { id: 'mine', kind: 'lose' } });
    const inForce = notifications.faults.all();
    await control.run({ do: 'remove-fault', id: 'mine' });

    expect(added).toMatchObject({ id: 'mine' });
    expect(inForce).toEqual([{ id: 'mine', kind: 'lose', met: 0 }]);
    expect(notifications.faults.all()).toEqual([]);
    await expect(
      (async () => control.run({ do: 'add-notification-fault', fault: { kind: 'delay', ms: -1 } }))(),
    ).rejects.toMatchObject({ code: 'command-invalid' });
  });
});

describe('a new subscription, with faults', () => {
  it('is refused as told, and made when nothing refuses it any more', async () => {
    const { world, receiver } = await open();
    world.emulator.notifications.faults.add({ kind: 'refuse-creation', count: 1, status: 503, retryAfter: 7 });
    const ask = () => world.call('POST', '/subscriptions', { body: { ...asked } });
    const asked = {
      changeType: 'updated',
      resource: 'users',
      notificationUrl: `${receiver.origin}/changes`,
      expirationDateTime: new Date(world.now().getTime() + 3_600_000).toISOString(),
      clientState: 'a secret',
    };

    const [first, second] = [await ask(), await ask()];

    expect([first.status, first.headers['retry-after'], second.status]).toEqual([503, '7', 201]);
    expect(receiver.posted).toHaveLength(1);
  });
});
