import type { Fact, FactGroup } from '../../fact.ts';
import { challengeFacts } from './challenge-facts.ts';
import { answer, challenge, lifecyclePosts, withLifecycle } from './challenging.ts';
import { atNewEndpoint } from './delivering.ts';
import { replyFacts } from './reply-facts.ts';
import { silenceFacts } from './silence-facts.ts';
import { subscribeMore, wanted } from './subscribing.ts';
import { openNotificationWorld, TENANT } from './tenant.ts';

const urls: Fact[] = [
  {
    lines: ['1.6/1'],
    says: 'takes a lifecycle URL when a subscription is made',
    ask: withLifecycle(({ body }) => Promise.resolve(answer(body))),
    values: { lifecycleNotificationUrl: /\/lifecycle$/ },
  },
  {
    lines: ['1.6/1'],
    says: 'takes one that is the notification URL as well',
    ask: (world) =>
      atNewEndpoint(
        world,
        ({ body }) => Promise.resolve(answer(body)),
        ({ origin }) => ({ lifecycleNotificationUrl: `${origin}/changes` }),
      ),
    values: { lifecycleNotificationUrl: /\/changes$/ },
  },
  {
    lines: ['1.6/1'],
    says: 'refuses to add one later',
    ask: (world) =>
      atNewEndpoint(world, ({ id, receiver }) =>
        world.call('PATCH', `/subscriptions/${id}`, {
          body: { lifecycleNotificationUrl: `${receiver.origin}/lifecycle` },
        }),
      ),
    status: 400,
    code: 'InvalidRequest',
  },
  {
    lines: ['1.6/1'],
    says: 'takes it with a subscription that replaces the deleted one',
    ask: (world) =>
      atNewEndpoint(world, async ({ id, receiver }) => {
        await world.call('DELETE', `/subscriptions/${id}`);
        const lifecycleNotificationUrl = `${receiver.origin}/lifecycle`;
        return world.call('POST', '/subscriptions', { body: wanted(world, receiver, { lifecycleNotificationUrl }) });
      }),
    status: 201,
  },
  {
    lines: ['1.6/1'],
    says: 'tells a subscription without one nothing about itself',
    ask: (world) =>
      atNewEndpoint(world, (subscription) =>
        Promise.resolve(answer({ asked: world.emulator.requireReauthorization(subscription.id) })),
      ),
    values: { asked: false },
  },
];

const payload: Fact[] = [
  {
    lines: ['1.6/2'],
    says: 'tells of the subscription and of nothing else',
    ask: withLifecycle(async (subscription) => {
      await challenge(subscription);
      return lifecyclePosts(subscription)[0] ?? answer({});
    }),
    keys: ['value.0.subscriptionId', 'value.0.subscriptionExpirationDateTime'],
    absent: ['value.0.resource', 'value.0.changeType', 'value.0.resourceData', 'value.0.id'],
    values: {
      'value.0.lifecycleEvent': 'reauthorizationRequired',
      'value.0.clientState': 'a secret',
      'value.0.tenantId': TENANT,
    },
  },
  {
    lines: ['1.6/2'],
    says: 'gathers what several subscriptions are told, whatever the event',
    ask: withLifecycle(async (subscription) => {
      const { world, receiver, id } = subscription;
      const lifecycleNotificationUrl = `${receiver.origin}/lifecycle`;
      const other = await subscribeMore(world, receiver, { resource: 'groups', lifecycleNotificationUrl });
      world.emulator.notifications.sendLifecycleEvent(id, 'reauthorizationRequired');
      world.emulator.notifications.sendLifecycleEvent(other.id, 'missed');
      await world.pass(1000);
      return lifecyclePosts(subscription)[0] ?? answer({});
    }),
    values: { 'value.0.lifecycleEvent': 'reauthorizationRequired', 'value.1.lifecycleEvent': 'missed' },
  },
  {
    lines: ['1.6/4', '1.6/2'],
    says: 'proves itself by the clientState, and takes 202 for an answer',
    ask: withLifecycle(async (subscription) => {
      await challenge(subscription);
      const entry = subscription.world.emulator.notifications.deliveries().at(-1);
      return answer({ clientState: lifecyclePosts(subscription)[0]?.body, entry });
    }),
    values: { 'clientState.value.0.clientState': 'a secret', 'entry.status': 202, 'entry.outcome': 'delivered' },
  },
  {
    lines: ['1.6/4'],
    says: 'does not take the answer to a challenge without a valid token',
    ask: withLifecycle(async (subscription) => {
      await challenge(subscription);
      const { world, id } = subscription;
      return world.call('POST', `/subscriptions/${id}/reauthorize`, { token: null });
    }),
    status: 401,
    code: 'InvalidAuthenticationToken',
  },
];

/** What subscriptions are told about themselves. */
export const lifecycleFacts: FactGroup = {
  title: 'lifecycle notifications',
  world: () => openNotificationWorld(),
  facts: [...urls, ...payload, ...silenceFacts, ...replyFacts, ...challengeFacts],
};
