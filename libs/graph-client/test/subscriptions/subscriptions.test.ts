import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createSubscription,
  listSubscriptions,
  reauthorizeSubscription,
  removeSubscription,
  renewSubscription,
} from '../../src/index.ts';
import { aClient, graphErrorOf, guid } from '../a-client.ts';
import { type Answer, type Arrived, graphError, type LocalGraph, startLocalGraph } from '../local-graph.ts';

const open: LocalGraph[] = [];
const graph = async (answer: (request: Arrived) => Answer) => {
  const started = await startLocalGraph(answer);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const expirationDateTime = new Date('2030-01-02T03:04:05.000Z');
const wanted = {
  resource: 'users',
  changeType: 'updated,deleted',
  notificationUrl: 'https://hooks.example.com/graph/notifications',
  lifecycleNotificationUrl: 'https://hooks.example.com/graph/lifecycle',
  clientState: 'state',
  expirationDateTime,
};
const made = { ...wanted, id: guid(1), expirationDateTime: '2030-01-02T03:04:05.1234567Z', applicationId: 'a' };

describe('a subscription', () => {
  it('is created as asked, and read as Graph made it', async () => {
    const { origin, arrived } = await graph(() => ({ status: 201, body: made }));

    const created = await createSubscription(aClient(origin), wanted);

    expect(arrived[0]).toMatchObject({
      method: 'POST',
      url: '/v1.0/subscriptions',
      body: { ...wanted, expirationDateTime: '2030-01-02T03:04:05.000Z' },
    });
    expect(created).toEqual({ ...wanted, id: guid(1), expirationDateTime: new Date('2030-01-02T03:04:05.123Z') });
  });

  it.each([
    [409, 'conflict'],
    [400, 'bad-request'],
    [403, 'forbidden'],
  ])('that Graph refuses with %d is %s', async (status, code) => {
    const { origin } = await graph(() => ({ status, body: graphError('ExtensionError') }));

    expect((await graphErrorOf(createSubscription(aClient(origin), wanted))).code).toBe(code);
  });

  it('is not created twice when the answer got lost', async () => {
    const { origin, arrived } = await graph(() => 'cut');

    expect((await graphErrorOf(createSubscription(aClient(origin), wanted))).code).toBe('network');
    expect(arrived).toHaveLength(1);
  });

  it('is listed, without the clientState that Graph hides', async () => {
    const { origin } = await graph(() => ({ body: { value: [{ ...made, clientState: null }] } }));

    expect(await listSubscriptions(aClient(origin))).toMatchObject([
      { id: guid(1), resource: 'users', clientState: null },
    ]);
  });

  it('is renewed', async () => {
    const { origin, arrived } = await graph(() => ({ body: made }));

    const renewed = await renewSubscription(aClient(origin), guid(1), expirationDateTime);

    expect(renewed.id).toBe(guid(1));
    expect(arrived[0]).toMatchObject({
      method: 'PATCH',
      url: `/v1.0/subscriptions/${guid(1)}`,
      body: { expirationDateTime: '2030-01-02T03:04:05.000Z' },
    });
  });

  it('that Graph dropped is not-found when renewed, and removed all the same', async () => {
    const { origin } = await graph(() => ({ status: 404, body: graphError('ResourceNotFound') }));
    const client = aClient(origin);

    expect((await graphErrorOf(renewSubscription(client, guid(1), expirationDateTime))).code).toBe('not-found');
    await expect(removeSubscription(client, guid(1))).resolves.toBeUndefined();
  });

  it('that may not be removed is an error', async () => {
    const { origin } = await graph(() => ({ status: 403, body: graphError('accessDenied') }));

    expect((await graphErrorOf(removeSubscription(aClient(origin), guid(1)))).code).toBe('forbidden');
  });

  it('is reauthorised', async () => {
    const { origin, arrived } = await graph(() => ({ status: 204 }));

    await reauthorizeSubscription(aClient(origin), guid(1));

    expect(arrived[0]).toMatchObject({ method: 'POST', url: `/v1.0/subscriptions/${guid(1)}/reauthorize` });
  });

  it('without an expiration is not understood', async () => {
    const { origin } = await graph(() => ({ status: 201, body: { id: guid(1), resource: 'users' } }));

    expect((await graphErrorOf(createSubscription(aClient(origin), wanted))).code).toBe('unexpected-response');
  });
});
