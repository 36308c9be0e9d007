import { at } from '../../check-fact.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Fact } from '../../fact.ts';
import { MINUTE, HOUR } from './durations.ts';
import { inFuture, subscribed, subscribing, type Subscribed } from './subscribing.ts';
import { everything, groupsReader, membersReader } from './tenant.ts';

/** The longest that Graph grants. */
const LONGEST = 41_760 * MINUTE;

/** Asks for a subscription of some length. */
function lasting(ms: number): Fact['ask'] {
  return (world) => subscribing({ expirationDateTime: inFuture(world, ms) })(world);
}

function minutesLeft(body: unknown, world: FactWorld): number {
  return (Date.parse(String(at(body, 'expirationDateTime'))) - world.now().getTime()) / MINUTE;
}

const lengths: Fact[] = [
  { lines: ['1.1/6'], says: 'grants 41,760 minutes', ask: lasting(LONGEST), status: 201 },
  {
    lines: ['1.1/6'],
    says: 'refuses more than 41,760 minutes',
    ask: lasting(LONGEST + MINUTE),
    status: 400,
    values: { 'error.message': 'Subscription expiration can only be 41760 minutes in the future.' },
  },
  { lines: ['1.1/6'], says: 'refuses an end in the past', ask: lasting(-MINUTE), status: 400 },
  {
    lines: ['1.1/7'],
    says: 'raises less than 45 minutes to 45 without a word',
    ask: lasting(10 * MINUTE),
    status: 201,
    check({ body }, world) {
      const minutes = minutesLeft(body, world);
      return minutes >= 45 && minutes < 45.1 ? undefined : `it lasts ${minutes} minutes`;
    },
  },
  {
    lines: ['1.1/7'],
    says: 'leaves 46 minutes as they are',
    ask: lasting(46 * MINUTE),
    status: 201,
    check: ({ body }, world) => (minutesLeft(body, world) === 46 ? undefined : 'it was changed'),
  },
];

/** Renews a subscription for so long. */
function renew({ world, id }: Subscribed, ms: number) {
  return world.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: inFuture(world, ms) } });
}

const renewals: Fact[] = [
  {
    lines: ['1.7/1'],
    says: 'renews a subscription and answers with the whole object',
    ask: subscribed({}, (subscription) => renew(subscription, 48 * HOUR)),
    status: 200,
    keys: ['id', 'resource', 'notificationUrl', 'clientState', 'creatorId'],
    check: ({ body }, world) => (minutesLeft(body, world) === 48 * 60 ? undefined : 'it was not renewed'),
  },
  {
    lines: ['1.7/1', '1.1/6'],
    says: 'renews for 41,760 minutes at most',
    ask: subscribed({}, (subscription) => renew(subscription, LONGEST + MINUTE)),
    status: 400,
  },
  {
    lines: ['1.7/1'],
    says: 'does not find a subscription to renew once it has expired',
    ask: subscribed({}, async (subscription) => {
      await subscription.world.pass(25 * HOUR);
      return renew(subscription, 48 * HOUR);
    }),
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    lines: ['1.7/1'],
    says: 'refuses an update without anything to update',
    ask: subscribed({}, ({ world, id }) => world.call('PATCH', `/subscriptions/${id}`, { body: {} })),
    status: 400,
    code: 'InvalidRequest',
  },
  {
    lines: ['1.7/1'],
    says: 'refuses to update what a subscription watches',
    ask: subscribed({}, ({ world, id }) =>
      world.call('PATCH', `/subscriptions/${id}`, { body: { resource: 'groups' } }),
    ),
    status: 400,
    code: 'InvalidRequest',
  },
];

const lists: Fact[] = [
  {
    lines: ['1.7/2'],
    says: 'lists the active subscriptions of the application, without their secrets',
    ask: subscribed({}, ({ world }) => world.call('GET', '/subscriptions')),
    status: 200,
    absent: ['@odata\\.nextLink', 'value.1'],
    values: {
      '@odata\\.context': /\$metadata#subscriptions$/,
      'value.0.resource': 'users',
      'value.0.applicationId': everything.appId,
      'value.0.clientState': null,
    },
  },
  {
    lines: ['1.7/2'],
    says: 'lists nothing of another application',
    ask: subscribed({}, async ({ world }) =>
      world.call('GET', '/subscriptions', { token: await world.token(groupsReader.appId) }),
    ),
    status: 200,
    values: { value: [] },
  },
  {
    lines: ['1.7/2', '1.7/1'],
    says: 'lists a subscription no more once it has expired',
    ask: subscribed({}, async ({ world }) => {
      await world.pass(25 * HOUR);
      return world.call('GET', '/subscriptions');
    }),
    status: 200,
    values: { value: [] },
  },
  {
    lines: ['1.7/2'],
    says: 'reads one subscription',
    ask: subscribed({}, ({ world, id }) => world.call('GET', `/subscriptions/${id}`)),
    status: 200,
    values: { resource: 'users', clientState: 'a secret' },
  },
  {
    lines: ['1.7/2'],
    says: 'hides a subscription from another application',
    ask: subscribed({}, async ({ world, id }) =>
      world.call('GET', `/subscriptions/${id}`, { token: await world.token(membersReader.appId) }),
    ),
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    lines: ['1.7/2'],
    says: 'deletes a subscription with 204 and no body',
    ask: subscribed({}, ({ world, id }) => world.call('DELETE', `/subscriptions/${id}`)),
    status: 204,
    check: ({ body }) => (body === undefined ? undefined : 'there is a body'),
  },
  {
    lines: ['1.7/2'],
    says: 'does not find a subscription that was deleted',
    ask: subscribed({}, async ({ world, id }) => {
      await world.call('DELETE', `/subscriptions/${id}`);
      return world.call('GET', `/subscriptions/${id}`);
    }),
    status: 404,
    code: 'ResourceNotFound',
  },
];

/** How long subscriptions last, and how they are renewed, listed and ended. */
export const lifeFacts: readonly Fact[] = [...lengths, ...renewals, ...lists];
