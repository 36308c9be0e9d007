import type { Fact } from '../../fact.ts';
import { answer, changePosts, lifecyclePosts, withLifecycle } from './challenging.ts';
import { MINUTE } from './durations.ts';
import { changeJob, wanted, type Subscribed } from './subscribing.ts';

/** What a subscription is told by itself while something happens that a mailbox's would be told of. */
function toldBy(happen: (subscription: Subscribed) => Promise<void>): Fact['ask'] {
  return withLifecycle(async (subscription) => {
    await happen(subscription);
    await subscription.world.pass(MINUTE);
    return answer({ told: lifecyclePosts(subscription).length });
  });
}

/** What Graph does not tell the subscribers of users and groups. */
export const silenceFacts: readonly Fact[] = [
  {
    lines: ['1.6/3'],
    says: 'removes a subscription without a word',
    ask: toldBy(async ({ world, id }) => {
      world.emulator.notifications.dropSubscription(id);
      await world.pass(0);
    }),
    values: { told: 0 },
  },
  {
    lines: ['1.6/3'],
    says: 'shows the removal only in the list',
    ask: withLifecycle(({ world, id }) => {
      world.emulator.notifications.dropSubscription(id);
      return world.call('GET', '/subscriptions');
    }),
    status: 200,
    values: { value: [] },
  },
  {
    lines: ['1.6/3'],
    says: 'loses a change without a word',
    ask: toldBy(async ({ world }) => {
      world.emulator.notifications.faults.add({ kind: 'lose', count: 1 });
      await changeJob(world);
    }),
    values: { told: 0 },
  },
  {
    lines: ['1.6/8'],
    says: 'has no subscription any more after subscriptionRemoved, and takes a new one',
    ask: withLifecycle(async (subscription) => {
      const { world, receiver, id } = subscription;
      world.emulator.notifications.sendLifecycleEvent(id, 'subscriptionRemoved');
      await world.pass(1000);
      const told = lifecyclePosts(subscription)[0]?.body;
      const gone = await world.call('GET', `/subscriptions/${id}`);
      const created = await world.call('POST', '/subscriptions', { body: wanted(world, receiver) });
      return answer({ told, gone: gone.status, created: created.status });
    }),
    values: { 'told.value.0.lifecycleEvent': 'subscriptionRemoved', gone: 404, created: 201 },
  },
  {
    lines: ['1.6/8'],
    says: 'goes on after missed',
    ask: withLifecycle(async (subscription) => {
      const { world, id } = subscription;
      world.emulator.notifications.sendLifecycleEvent(id, 'missed');
      await changeJob(world);
      await world.pass(1000);
      return answer({ told: lifecyclePosts(subscription)[0]?.body, changes: changePosts(subscription) });
    }),
    values: { 'told.value.0.lifecycleEvent': 'missed', changes: 1 },
  },
];
