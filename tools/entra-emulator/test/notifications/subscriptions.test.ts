import { describe, expect, it } from '@jest/globals';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';
import { runningEmulator } from '../graph/running-emulator.ts';
import { receivers } from './receiver.ts';
import { until } from './until.ts';

const running = runningEmulator();
const aReceiver = receivers(() => running.certificateDirectory);
const user = idOf('user', 1);
const group = idOf('group', 1);
const hours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();

function start(): Promise<void> {
  return running.start(aDirectoryFile([aUser(1), aUser(2)], [aGroup(1, [idOf('user', 2)])]), {
    notificationGatherMs: 10,
  });
}

function subscribe(notificationUrl: string, more: Record<string, unknown> = {}) {
  const body = {
    changeType: 'updated,deleted',
    resource: 'users',
    notificationUrl,
    expirationDateTime: hours(24),
    clientState: 'secret',
    ...more,
  };
  return running.call('POST', '/subscriptions', body);
}

describe('POST /subscriptions', () => {
  it('shakes hands with both URLs and answers with the subscription', async () => {
    await start();
    const receiver = await aReceiver();

    const { status, body } = await subscribe(receiver.url, { lifecycleNotificationUrl: receiver.url });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.any(String),
      resource: 'users',
      applicationId: running.emulator.applications[0]?.appId,
      changeType: 'updated,deleted',
      clientState: 'secret',
      notificationUrl: receiver.url,
      lifecycleNotificationUrl: receiver.url,
      latestSupportedTlsVersion: 'v1_2',
      notificationContentType: 'application/json',
    });
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]).toMatchObject({ contentType: 'text/plain; charset=utf-8', body: '' });
    expect(receiver.received[0]?.path).toMatch(/^\/notify\?for=us&validationToken=/);
  });

  it.each<[string, (encoded: string, decoded: string) => [number, string, string]]>([
    ['answers 202', (_encoded, decoded) => [202, 'text/plain', decoded]],
    ['echoes the token still encoded', (encoded) => [200, 'text/plain', encoded]],
    ['answers as HTML', (_encoded, decoded) => [200, 'text/html', decoded]],
  ])('refuses an endpoint that %s', async (_, handshake) => {
    await start();
    const receiver = await aReceiver();
    receiver.answer.handshake = handshake;

    const { status, body } = await subscribe(receiver.url);

    expect([status, body.error.code]).toEqual([400, 'ValidationError']);
    expect((await running.get('/subscriptions')).body.value).toEqual([]);
  });

  it.each([
    ['an http URL', { notificationUrl: 'http://localhost:1/notify' }, 400],
    ['an endpoint where nobody listens', { notificationUrl: 'https://localhost:1/notify' }, 400],
    ['a clientState of more than 128 characters', { clientState: 'x'.repeat(129) }, 400],
    ['an expiry in the past', { expirationDateTime: hours(-1) }, 400],
    ['an expiry of more than 41,760 minutes', { expirationDateTime: hours(697) }, 400],
    ['the change type "created"', { changeType: 'created,updated' }, 400],
    ['a filter in the resource', { resource: "users?$filter=department eq 'Sales'" }, 400],
    ['a user that does not exist', { resource: `users/${idOf('user', 99)}` }, 404],
  ])('refuses %s', async (_, more, expected) => {
    await start();
    const receiver = await aReceiver();

    expect((await subscribe(receiver.url, more)).status).toBe(expected);
  });

  it('takes the largest clientState and the longest life', async () => {
    await start();
    const receiver = await aReceiver();

    const { status } = await subscribe(receiver.url, {
      clientState: 'x'.repeat(128),
      expirationDateTime: hours(695.9),
    });

    expect(status).toBe(201);
  });

  it('raises an expiry of less than 45 minutes without a word', async () => {
    await start();
    const receiver = await aReceiver();

    const { body } = await subscribe(receiver.url, { expirationDateTime: hours(0.1) });

    expect(Date.parse(body.expirationDateTime) - Date.now()).toBeGreaterThan(44 * 60_000);
  });

  it('refuses a second one for the same resource and change types, and takes one for another', async () => {
    await start();
    const receiver = await aReceiver();

    const first = await subscribe(receiver.url);
    const second = await subscribe(receiver.url, { resource: '/Users', changeType: 'deleted,updated' });
    const other = await subscribe(receiver.url, { resource: 'groups' });

    expect([first.status, second.status, other.status]).toEqual([201, 409, 201]);
    expect(second.body.error.message).toBe(
      `Subscription Id ${first.body.id} already exists for the requested combination`,
    );
  });
});

describe('a subscription', () => {
  it('is renewed, read and deleted, and cannot be given a lifecycle URL later', async () => {
    await start();
    const receiver = await aReceiver();
    const { body } = await subscribe(receiver.url);
    const path = `/subscriptions/${body.id}`;

    const renewed = await running.call('PATCH', path, { expirationDateTime: hours(48) });
    const lifecycle = await running.call('PATCH', path, { lifecycleNotificationUrl: receiver.url });
    const read = await running.get(path);
    const deleted = await running.call('DELETE', path);

    expect([renewed.status, lifecycle.status, read.status, deleted.status]).toEqual([200, 400, 200, 204]);
    expect(read.body.expirationDateTime).toBe(renewed.body.expirationDateTime);
    expect((await running.get(path)).status).toBe(404);
  });

  it('is gone without a word once it has expired', async () => {
    let ahead = 0;
    await running.start(aDirectoryFile(), { clock: () => new Date(Date.now() + ahead) });
    const receiver = await aReceiver();
    await subscribe(receiver.url, { expirationDateTime: hours(0.8) });
    const before = await running.get('/subscriptions');

    ahead = 49 * 60_000;
    await running.renewToken();

    expect(before.body.value).toHaveLength(1);
    expect((await running.get('/subscriptions')).body.value).toEqual([]);
  });
});

describe('change notifications', () => {
  it('tell of an updated and a soft-deleted user as updated, and of the end for good as deleted', async () => {
    await start();
    const receiver = await aReceiver();
    const { body } = await subscribe(receiver.url);

    await running.call('PATCH', `/users/${user}`, { department: 'Sales' });
    await until(() => receiver.notifications().length === 1);
    await running.call('DELETE', `/users/${user}`);
    await until(() => receiver.notifications().length === 2);
    await running.call('DELETE', `/directory/deletedItems/${user}`);
    await until(() => receiver.notifications().length === 3);

    expect(receiver.notifications().map(({ changeType }) => changeType)).toEqual(['updated', 'updated', 'deleted']);
    expect(receiver.notifications()[0]).toMatchObject({
      changeType: 'updated',
      clientState: 'secret',
      resource: `Users/${user}`,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.User',
        '@odata.id': `Users/${user}`,
        id: user,
        organizationId: running.emulator.tenantId,
      },
      subscriptionExpirationDateTime: expect.stringMatching(/\d\+00:00$/),
      subscriptionId: body.id,
      tenantId: running.emulator.tenantId,
    });
  });

  it('tell of members that came and went, the latter by a text', async () => {
    await start();
    const receiver = await aReceiver();
    await subscribe(receiver.url, { resource: `groups/${group}/members` });

    await running.call('PATCH', `/groups/${group}`, { displayName: 'Renamed' });
    await running.call('POST', `/groups/${group}/members/$ref`, { '@odata.id': `https://x/directoryObjects/${user}` });
    await until(() => receiver.notifications().length === 1);
    await running.call('DELETE', `/groups/${group}/members/${user}/$ref`);
    await until(() => receiver.notifications().length === 2);

    expect(
      receiver.notifications().map(({ resource, resourceData }) => [resource, resourceData?.['members@delta']]),
    ).toEqual([
      [`Groups/${group}`, [{ id: user }]],
      [`Groups/${group}`, [{ id: user, '@removed': 'deleted' }]],
    ]);
  });

  it('come again after an endpoint has refused them', async () => {
    await start();
    const receiver = await aReceiver();
    await subscribe(receiver.url);
    receiver.answer.status = 503;

    await running.call('PATCH', `/users/${user}`, { department: 'Sales' });
    await until(() => receiver.notifications().length === 1);
    receiver.answer.status = 202;
    await until(() => receiver.notifications().length === 2);

    const [first, second] = receiver.notifications();
    expect(second).toEqual(first);
  });

  it('are lost between a demand to reauthorise and the answer to it', async () => {
    await start();
    const [receiver, lifecycle] = [await aReceiver(), await aReceiver()];
    const { body } = await subscribe(receiver.url, { lifecycleNotificationUrl: lifecycle.url });

    const asked = running.emulator.requireReauthorization(body.id);
    await running.call('PATCH', `/users/${user}`, { department: 'Lost' });
    const { status } = await running.call('POST', `/subscriptions/${body.id}/reauthorize`);
    await running.call('PATCH', `/users/${idOf('user', 2)}`, { department: 'Told' });
    await until(() => receiver.notifications().length > 0);

    expect([asked, status]).toEqual([true, 204]);
    expect(lifecycle.notifications()).toEqual([
      expect.objectContaining({
        subscriptionId: body.id,
        clientState: 'secret',
        lifecycleEvent: 'reauthorizationRequired',
      }),
    ]);
    expect(lifecycle.notifications()[0]).not.toHaveProperty('resource');
    expect(receiver.notifications().map(({ resource }) => resource)).toEqual([`Users/${idOf('user', 2)}`]);
  });
});
