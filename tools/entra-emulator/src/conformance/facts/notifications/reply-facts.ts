import type { Fact } from '../../fact.ts';
import { answer, challenge, expiryOf, reauthorize, renew, withLifecycle } from './challenging.ts';
import { MINUTE } from './durations.ts';
import { allDelivered, changeJob, type Subscribed } from './subscribing.ts';
import { ADELE, BRIAN } from './tenant.ts';

/** Changes before and after the answer to a challenge, and what came of them. */
function answeredWith(reply: (subscription: Subscribed) => Promise<unknown>): Fact['ask'] {
  return withLifecycle(async (subscription) => {
    const { world, receiver } = subscription;
    await challenge(subscription);
    await changeJob(world, ADELE);
    await world.pass(1000);
    await reply(subscription);
    receiver.reset();
    await changeJob(world, BRIAN);
    await world.pass(MINUTE);
    return allDelivered(subscription);
  });
}

/** What comes of the answer to a challenge. */
export const replyFacts: readonly Fact[] = [
  {
    lines: ['1.6/5'],
    says: 'reauthorises with 204 and no body',
    ask: withLifecycle(async (subscription) => {
      await challenge(subscription);
      return reauthorize(subscription);
    }),
    status: 204,
    check: ({ body }) => (body === undefined ? undefined : 'there is a body'),
  },
  {
    lines: ['1.6/5'],
    says: 'does not extend a subscription that is reauthorised',
    ask: withLifecycle(async (subscription) => {
      const before = expiryOf(subscription.world, subscription.id);
      await reauthorize(subscription);
      return answer({ extended: expiryOf(subscription.world, subscription.id) !== before });
    }),
    values: { extended: false },
  },
  {
    lines: ['1.6/5', '1.7/1'],
    says: 'extends it and answers 200 when it is renewed instead',
    ask: withLifecycle(async (subscription) => {
      await challenge(subscription);
      return renew(subscription);
    }),
    status: 200,
    keys: ['id', 'expirationDateTime'],
  },
  {
    lines: ['1.6/5'],
    says: 'delivers nothing between the challenge and the answer',
    ask: answeredWith(() => Promise.resolve()),
    values: { value: [] },
  },
  ...[reauthorize, renew].map((reply) => ({
    lines: ['1.6/5'],
    says: `goes on after ${reply === renew ? 'the renewal' : 'the reauthorisation'}, and what changed meanwhile is lost`,
    ask: answeredWith((subscription) => reply(subscription)),
    absent: ['value.1'],
    values: { 'value.0.resource': `Users/${BRIAN}` },
  })),
  {
    lines: ['1.6/5'],
    says: 'does not go on for a new notification URL alone',
    ask: answeredWith(({ world, id, receiver }) =>
      world.call('PATCH', `/subscriptions/${id}`, { body: { notificationUrl: `${receiver.origin}/other` } }),
    ),
    values: { value: [] },
  },
  {
    lines: ['1.6/6'],
    says: 'does not renew within 10 minutes of a reauthorisation',
    ask: withLifecycle(async (subscription) => {
      await reauthorize(subscription);
      await subscription.world.pass(9 * MINUTE);
      return renew(subscription);
    }),
    status: 409,
  },
  {
    lines: ['1.6/6'],
    says: 'does not reauthorise within 10 minutes of a renewal',
    ask: withLifecycle(async (subscription) => {
      await renew(subscription);
      await subscription.world.pass(9 * MINUTE);
      return reauthorize(subscription);
    }),
    status: 409,
  },
  {
    lines: ['1.6/6'],
    says: 'does both when 10 minutes are between them',
    ask: withLifecycle(async (subscription) => {
      await reauthorize(subscription);
      await subscription.world.pass(10 * MINUTE);
      return renew(subscription);
    }),
    status: 200,
  },
  {
    lines: ['1.6/6'],
    says: 'renews twice within 10 minutes',
    ask: withLifecycle(async (subscription) => {
      await renew(subscription);
      return renew(subscription);
    }),
    status: 200,
  },
];
