import { isJsonObject, type JsonObject } from '../../../json.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { DAY } from './durations.ts';
import { meaningFacts } from './meaning-facts.ts';
import { memberFacts } from './member-facts.ts';
import { asAnswer, changeJob, lastDelivery, subscribed, subscribeMore, wanted } from './subscribing.ts';
import { ADELE, BRIAN, ERIN, openNotificationWorld, OTHER_TENANT, otherToken, TENANT } from './tenant.ts';

/** What a subscriber of users is told when somebody has another job. */
const aChange = subscribed({}, async (subscription) => {
  await changeJob(subscription.world);
  return lastDelivery(subscription);
});

const collection: Fact[] = [
  {
    lines: ['1.3/1'],
    says: 'posts a collection as JSON, without tokens of its own',
    ask: aChange,
    headers: { 'content-type': /^application\/json/ },
    types: { value: 'array' },
    absent: ['validationTokens'],
  },
  {
    lines: ['1.3/1'],
    says: 'puts what several subscriptions are told into one delivery',
    ask: subscribed({ changeType: 'updated' }, async (subscription) => {
      const { world, receiver } = subscription;
      await subscribeMore(world, receiver, { resource: `users/${ADELE}`, clientState: 'another secret' });
      await changeJob(world);
      return lastDelivery(subscription);
    }),
    keys: ['value.1'],
    absent: ['value.2'],
    values: { 'value.0.clientState': 'a secret', 'value.1.clientState': 'another secret' },
  },
  {
    lines: ['1.3/1'],
    says: 'puts changes that come together into one delivery',
    ask: subscribed({}, async (subscription) => {
      await changeJob(subscription.world, ADELE);
      await changeJob(subscription.world, BRIAN);
      return lastDelivery(subscription);
    }),
    values: { 'value.0.resource': `Users/${ADELE}`, 'value.1.resource': `Users/${BRIAN}` },
  },
  {
    lines: ['1.3/1'],
    says: 'puts what subscriptions of several tenants are told into one delivery when they share the URL',
    ask: subscribed({}, async (subscription) => {
      const { world, receiver } = subscription;
      const token = await otherToken(world);
      await world.call('POST', '/subscriptions', { body: wanted(world, receiver), token });
      await changeJob(world);
      await world.call('PATCH', `/users/${ERIN}`, { body: { jobTitle: 'Another' }, token });
      return lastDelivery(subscription);
    }),
    values: {
      'value.0.tenantId': TENANT,
      'value.0.resource': `Users/${ADELE}`,
      'value.1.tenantId': OTHER_TENANT,
      'value.1.resource': `Users/${ERIN}`,
      'value.1.resourceData.organizationId': OTHER_TENANT,
    },
  },
  {
    lines: ['1.1/14'],
    says: 'shows no token: the clientState is the only proof of who sends',
    ask: aChange,
    check: ({ headers }) => (headers['authorization'] === undefined ? undefined : 'there is a token'),
    values: { 'value.0.clientState': 'a secret' },
  },
  {
    lines: ['1.1/12'],
    says: 'keeps the query string of the URL on every delivery',
    ask: async (world) => {
      const { origin } = await world.receiver();
      return subscribed({ notificationUrl: `${origin}/changes?for=us&a=1%202` }, async ({ receiver }) => {
        await changeJob(world);
        await world.pass(1000);
        return { status: 0, headers: {}, body: { target: receiver.deliveries()[0]?.target } };
      })(world);
    },
    values: { target: '/changes?for=us&a=1%202' },
  },
];

const item: Fact[] = [
  {
    lines: ['1.3/2'],
    says: 'says whose subscription it is, until when it lasts, what changed and in which tenant',
    ask: aChange,
    keys: ['value.0.subscriptionId', 'value.0.subscriptionExpirationDateTime', 'value.0.resourceData'],
    absent: ['value.0.lifecycleEvent', 'value.0.encryptedContent'],
    values: { 'value.0.changeType': 'updated', 'value.0.tenantId': TENANT, 'value.0.resource': `Users/${ADELE}` },
  },
  {
    lines: ['1.3/3'],
    says: 'describes a user by type, address, id and organisation, the last within the description',
    ask: aChange,
    keys: ['value.0.resourceData.eventTime', 'value.0.resourceData.sequenceNumber'],
    absent: ['value.0.organizationId'],
    values: {
      'value.0.resourceData.@odata\\.type': '#Microsoft.Graph.User',
      'value.0.resourceData.@odata\\.id': `Users/${ADELE}`,
      'value.0.resourceData.id': ADELE,
      'value.0.resourceData.organizationId': TENANT,
    },
  },
  {
    lines: ['1.3/4'],
    says: 'writes the resource with a capital and without a slash',
    ask: aChange,
    values: { 'value.0.resource': /^Users\/[0-9a-f-]{36}$/ },
  },
  {
    lines: ['1.3/5'],
    says: 'has neither an id nor an etag by which to tell a repetition',
    ask: aChange,
    absent: ['value.0.id', 'value.0.resourceData.@odata\\.etag'],
  },
  {
    lines: ['1.3/6'],
    says: 'numbers changes beyond what a double can hold, digit by digit',
    ask: subscribed({}, async ({ world, receiver }) => {
      for (const id of [ADELE, BRIAN]) await changeJob(world, id);
      await world.pass(1000);
      const text = receiver.deliveries().at(-1)?.text ?? '';
      const numbers = [...text.matchAll(/"sequenceNumber":(\d+)/g)].map(([, digits = '']) => digits);
      return { status: 0, headers: {}, body: { numbers } };
    }),
    values: { 'numbers.0': /^\d{18}$/ },
    check: ({ body }) => {
      const [one = '', other = ''] = (body as { numbers: string[] }).numbers;
      if (BigInt(one) <= BigInt(Number.MAX_SAFE_INTEGER) || one === other) return `the numbers are ${one} and ${other}`;
      return Number(one) === Number(other) ? undefined : 'even a double can tell them apart';
    },
  },
  {
    lines: ['1.3/7'],
    says: 'writes the end of the subscription with an offset and up to seven digits',
    ask: expiring('.1234567'),
    values: { 'value.0.subscriptionExpirationDateTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.1234567\+00:00$/ },
  },
  {
    lines: ['1.3/7'],
    says: 'writes no digits where there are only zeros',
    ask: expiring('.000'),
    values: { 'value.0.subscriptionExpirationDateTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/ },
  },
  {
    lines: ['1.3/10', '1.1/15'],
    says: 'is a hint: it carries nothing of the user but the id',
    ask: aChange,
    check: ({ body }) => {
      const [first] = (body as { value: JsonObject[] }).value;
      const data = first?.['resourceData'];
      const names = isJsonObject(data) ? Object.keys(data).sort().join() : '';
      return names === '@odata.id,@odata.type,eventTime,id,organizationId,sequenceNumber' ? undefined : names;
    },
  },
];

/** Told of a change by a subscription whose end has such a fraction of a second. */
function expiring(fraction: string): Fact['ask'] {
  return async (world) => {
    const second = new Date(world.now().getTime() + DAY).toISOString().slice(0, 19);
    return subscribed({ expirationDateTime: `${second}${fraction}Z` }, async ({ receiver }) => {
      await changeJob(world);
      await world.pass(1000);
      return asAnswer(receiver.deliveries().at(-1));
    })(world);
  };
}

/** What is posted when something changes. */
export const notificationFacts: FactGroup = {
  title: 'change notifications',
  world: () => openNotificationWorld(),
  facts: [...collection, ...item, ...memberFacts, ...meaningFacts],
};
