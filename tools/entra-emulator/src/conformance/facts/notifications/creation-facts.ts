import type { Fact } from '../../fact.ts';
import { subscribed, subscribing, wanted } from './subscribing.ts';
import { everything, groupsReader, membersReader } from './tenant.ts';

const required: Fact[] = ['changeType', 'notificationUrl', 'resource', 'expirationDateTime', 'clientState'].map(
  (name) => ({
    lines: [name === 'clientState' ? '1.1/3' : '1.1/1'],
    says: `requires ${name}`,
    ask: subscribing({ [name]: undefined }),
    status: 400,
    code: 'InvalidRequest',
    values: { 'error.message': `${name} is a required property for subscription creation` },
  }),
);

const shape: Fact[] = [
  {
    lines: ['1.1/1', '1.1/2'],
    says: 'answers a new subscription with 201 and the whole object',
    ask: subscribing(),
    status: 201,
    keys: ['id', 'expirationDateTime', 'notificationUrl'],
    absent: ['lifecycleNotificationUrl', 'encryptionCertificate', 'encryptionCertificateId', 'includeResourceData'],
    values: {
      resource: 'users',
      applicationId: everything.appId,
      changeType: 'updated,deleted',
      clientState: 'a secret',
      creatorId: /^[0-9a-f-]{36}$/,
      latestSupportedTlsVersion: 'v1_2',
      notificationContentType: 'application/json',
      '@odata\\.context': /\/v1\.0\/\$metadata#subscriptions\/\$entity$/,
    },
  },
  {
    lines: ['1.1/2'],
    says: 'shows what was set beyond that',
    ask: subscribed({}, async ({ world, receiver, id }) => {
      world.emulator.notifications.dropSubscription(id);
      const more = { lifecycleNotificationUrl: `${receiver.origin}/lifecycle`, includeResourceData: false };
      return world.call('POST', '/subscriptions', { body: wanted(world, receiver, more) });
    }),
    status: 201,
    values: { lifecycleNotificationUrl: /\/lifecycle$/, includeResourceData: false },
  },
  {
    lines: ['1.1/1'],
    says: 'refuses a notification URL that is not https',
    ask: subscribing({ notificationUrl: 'http://localhost/changes' }),
    status: 400,
    code: 'InvalidRequest',
  },
  {
    lines: ['1.1/1'],
    says: 'refuses an expiry without a zone',
    ask: subscribing({ expirationDateTime: '2031-01-01T00:00:00' }),
    status: 400,
    code: 'InvalidRequest',
  },
  {
    lines: ['1.1/1'],
    says: 'refuses a property that it does not know',
    ask: subscribing({ changetype: 'updated' }),
    status: 400,
    code: 'InvalidRequest',
  },
];

const clientState: Fact[] = [
  {
    lines: ['1.1/3'],
    says: 'takes a clientState of 128 characters',
    ask: subscribing({ clientState: 'x'.repeat(128) }),
    status: 201,
  },
  {
    lines: ['1.1/3'],
    says: 'refuses a clientState of 129 characters',
    ask: subscribing({ clientState: 'x'.repeat(129) }),
    status: 400,
    code: 'InvalidRequest',
  },
];

const duplicates: Fact[] = [
  {
    lines: ['1.1/10'],
    says: 'refuses a second subscription with the same resource and change type, and names the first',
    ask: subscribed({}, ({ world, receiver }) =>
      world.call('POST', '/subscriptions', { body: wanted(world, receiver, { resource: '/Users' }) }),
    ),
    status: 409,
    values: { 'error.message': /^Subscription Id [0-9a-f-]{36} already exists for the requested combination$/ },
  },
  {
    lines: ['1.1/10'],
    says: 'takes a second subscription with the same resource and another change type',
    ask: subscribed({}, ({ world, receiver }) =>
      world.call('POST', '/subscriptions', { body: wanted(world, receiver, { changeType: 'updated' }) }),
    ),
    status: 201,
  },
  {
    lines: ['1.1/10'],
    says: 'takes the same subscription of another application',
    ask: subscribed({}, async ({ world, receiver }) =>
      world.call('POST', '/subscriptions', {
        body: wanted(world, receiver),
        token: await world.token(membersReader.appId),
      }),
    ),
    status: 201,
    values: { applicationId: membersReader.appId },
  },
];

const versions: Fact[] = [
  ...['v1_0', 'v1_1', 'v1_2', 'v1_3'].map((latestSupportedTlsVersion) => ({
    lines: ['1.1/13'],
    says: `takes ${latestSupportedTlsVersion} for the TLS version`,
    ask: subscribing({ latestSupportedTlsVersion }),
    status: 201,
    values: { latestSupportedTlsVersion },
  })),
  {
    lines: ['1.1/13'],
    says: 'refuses a TLS version that there is not',
    ask: subscribing({ latestSupportedTlsVersion: 'v1_4' }),
    status: 400,
    code: 'InvalidRequest',
  },
];

const withoutContent: Fact[] = [
  {
    lines: ['1.1/15'],
    says: 'refuses notifications with the object in them',
    ask: subscribing({ includeResourceData: true, encryptionCertificate: 'MIIB', encryptionCertificateId: 'one' }),
    status: 400,
    code: 'InvalidRequest',
  },
  {
    lines: ['1.1/15'],
    says: 'refuses them for groups too',
    ask: subscribing({ resource: 'groups', includeResourceData: true }, groupsReader.appId),
    status: 400,
    code: 'InvalidRequest',
  },
  ...['vapidPublicKey', 'webPushEncryptionPublicKey', 'webPushEncryptionSecret'].map((name) => ({
    lines: ['1.1/16'],
    says: `refuses ${name}, which is for web push`,
    ask: subscribing({ [name]: 'any' }),
    status: 400,
    code: 'InvalidRequest',
  })),
];

/** What a request for a subscription must, may and must not say. */
export const creationFacts: readonly Fact[] = [
  ...required,
  ...shape,
  ...clientState,
  ...duplicates,
  ...versions,
  ...withoutContent,
];
