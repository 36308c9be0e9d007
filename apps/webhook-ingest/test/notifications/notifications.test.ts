import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '@learnamp/bus';
import { decodeEvent, graphNotification, parseKeyRing, topics } from '@learnamp/contracts';
import {
  aChangeNotification,
  aLifecycleNotification,
  clientStateOf,
  groupId,
  organisationId,
  personId,
  subscriptionId,
  tenantId,
} from '../a-change-notification.ts';
import { aKey, type Door, startDoor } from '../start-door.ts';

let door: Door;
beforeEach(async () => {
  door = await startDoor();
});
afterEach(() => door.close());

/** What the bus has, decoded. */
async function events() {
  const records = await door.published();
  return records.map((record) => {
    const decoded = decodeEvent([graphNotification], record);
    if (!decoded.ok) throw new Error(decoded.reason);
    return decoded.event.data;
  });
}

const post = (...value: unknown[]) => door.post('/graph/notifications', { value });

describe('POST /graph/notifications', () => {
  it('puts a notification of ours into the bus and answers 202 without a body', async () => {
    const response = await post(aChangeNotification(door.keys));

    expect([response.status, await response.text()]).toEqual([202, '']);
    expect(await events()).toEqual([{ organisationId, kind: 'users', objectId: personId, subscriptionId }]);
    expect(await door.counted('notifications_total')).toEqual({ published: 1 });
  });

  it("keys the record by organisation, in the organisation's partition", async () => {
    await post(aChangeNotification(door.keys));

    const [record] = await door.published();
    expect(record?.key?.toString()).toBe(organisationId);
    expect(record?.partition).toBe(partitionOf(organisationId, topics.graphNotifications.partitions));
    expect(record?.headers['ce_type']?.toString()).toBe('com.learnamp.graph.notification.v1');
  });

  it('lets the tenant into neither the bus nor the log', async () => {
    await post(aChangeNotification(door.keys), aChangeNotification(door.keys, { clientState: 'forged' }));

    const [record] = await door.published();
    const bytes = [record?.value, ...Object.values(record?.headers ?? {})].map(String).join();
    expect(`${bytes}${door.log.join('')}`).not.toContain(tenantId);
    expect(bytes).toContain(personId);
  });

  it.each([`Users/${personId}`, `users/${personId}`, `/USERS/${personId.toUpperCase()}`])(
    'understands the resource %s',
    async (resource) => {
      await post(aChangeNotification(door.keys, { resource }));

      expect(await events()).toMatchObject([{ kind: 'users', objectId: personId }]);
    },
  );

  it('understands a change of members, and numbers beyond those of JavaScript', async () => {
    const body = JSON.stringify({
      validationTokens: [],
      value: [
        aChangeNotification(door.keys, {
          clientState: clientStateOf(door.keys, { kind: 'groups' }),
          resource: `Groups/${groupId}`,
          resourceData: {
            id: groupId,
            sequenceNumber: 'BIG',
            'members@delta': [{ id: personId, '@removed': 'deleted' }],
          },
        }),
      ],
    }).replace('"BIG"', '636784480202455800123');

    expect((await door.post('/graph/notifications', body)).status).toBe(202);
    expect(await events()).toEqual([{ organisationId, kind: 'groups', objectId: groupId, subscriptionId }]);
  });

  it('publishes several organisations of one request, each for itself', async () => {
    await post(
      aChangeNotification(door.keys),
      aChangeNotification(door.keys, { clientState: clientStateOf(door.keys, { organisationId: 'umbrella' }) }),
    );

    expect((await events()).map((event) => event.organisationId).toSorted()).toEqual(['acme-1', 'umbrella']);
  });

  it('drops what is not ours, and publishes the rest of the request', async () => {
    const otherKeys = parseKeyRing(aKey('k1'));
    const response = await post(
      aChangeNotification(door.keys, { clientState: clientStateOf(otherKeys) }),
      aChangeNotification(door.keys, { clientState: 'short' }),
      aChangeNotification(door.keys, { tenantId: '11111111-1111-4111-8111-111111111111' }),
      aChangeNotification(door.keys, { resource: `Groups/${groupId}` }),
      aChangeNotification(door.keys, { resource: 'Users/someone@example.com' }),
      aChangeNotification(door.keys, { resource: `Users/${personId}/photo` }),
      aChangeNotification(door.keys, { clientState: { $ne: null } }),
      aChangeNotification(door.keys, { tenantId: undefined }),
      'not an object',
      null,
      aChangeNotification(door.keys),
    );

    expect(response.status).toBe(202);
    expect(await events()).toHaveLength(1);
    expect(await door.counted('notifications_total')).toEqual({
      published: 1,
      'unknown-sender': 3,
      'other-resource': 3,
      malformed: 4,
    });
  });

  it('does not let a clientState speak for another kind, organisation or tenant', async () => {
    const [keyId, , , mac] = clientStateOf(door.keys).split('.');
    await post(
      aChangeNotification(door.keys, {
        clientState: [keyId, 'groups', organisationId, mac].join('.'),
        resource: `Groups/${groupId}`,
      }),
      aChangeNotification(door.keys, { clientState: [keyId, 'users', 'umbrella', mac].join('.') }),
      aChangeNotification(door.keys, { tenantId: '11111111-1111-4111-8111-111111111111' }),
    );

    expect(await events()).toEqual([]);
    expect(await door.counted('notifications_total')).toEqual({ 'unknown-sender': 3 });
  });

  it('answers a forger exactly as it answers Graph', async () => {
    const answers = [
      await post(aChangeNotification(door.keys)),
      await post(aChangeNotification(door.keys, { clientState: 'forged' })),
      await post(),
    ];

    const seen = answers.map(({ status, headers }) => [status, [...headers].filter(([name]) => name !== 'date')]);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(await events()).toHaveLength(1);
  });

  it('knows a clientState by any key of the ring, and by none that was retired', async () => {
    const [old, current, retired] = [aKey('old'), aKey('new'), aKey('gone')];
    const rotated = await startDoor(() => ({ keys: parseKeyRing(`${current},${old}`) }));
    const signedBy = (key: string) => aChangeNotification(parseKeyRing(key));

    await rotated.post('/graph/notifications', { value: [signedBy(old), signedBy(current), signedBy(retired)] });

    expect(await rotated.counted('notifications_total')).toEqual({ published: 2, 'unknown-sender': 1 });
    await rotated.close();
  });
});

describe('POST /graph/lifecycle', () => {
  it.each(['reauthorizationRequired', 'subscriptionRemoved', 'missed'])('publishes %s', async (lifecycleEvent) => {
    const response = await door.post('/graph/lifecycle', {
      value: [aLifecycleNotification(door.keys, { lifecycleEvent })],
    });

    expect(response.status).toBe(202);
    expect(await events()).toEqual([{ organisationId, kind: 'groups', lifecycleEvent, subscriptionId }]);
  });

  it('takes changes too, as the other address takes lifecycle notifications', async () => {
    await door.post('/graph/lifecycle', { value: [aChangeNotification(door.keys)] });
    await door.post('/graph/notifications', { value: [aLifecycleNotification(door.keys)] });

    expect(await events()).toHaveLength(2);
  });

  it('drops one that is not ours', async () => {
    await door.post('/graph/lifecycle', {
      value: [
        aLifecycleNotification(door.keys, { clientState: 'forged' }),
        aLifecycleNotification(door.keys, { lifecycleEvent: '<b>' }),
      ],
    });

    expect(await events()).toEqual([]);
    expect(await door.counted('notifications_total')).toEqual({ 'unknown-sender': 1, malformed: 1 });
  });
});

describe('a request that is not of Graph', () => {
  it.each<[string, unknown, number]>([
    ['no JSON', '{"value":', 400],
    ['nothing', '', 400],
    ['a list', [], 400],
    ['no value', { values: [] }, 400],
    ['a value that is no list', { value: {} }, 400],
    ['a poisoned prototype', '{"value":[],"__proto__":{"a":1}}', 400],
    ['more than a megabyte', { value: ['x'.repeat(1_048_576)] }, 413],
  ])('with %s is refused as a problem', async (_name, body, status) => {
    const response = await door.post('/graph/notifications', body);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status, type: 'about:blank' });
    expect(await door.published()).toEqual([]);
  });

  it('may be as large as a megabyte', async () => {
    const padding = 'x'.repeat(1_000_000);

    const response = await post(aChangeNotification(door.keys, { padding }));

    expect(response.status).toBe(202);
    expect(await events()).toHaveLength(1);
  });

  it('in another media type is refused', async () => {
    const response = await door.post('/graph/notifications', '{"value":[]}', { 'content-type': 'text/plain' });

    expect(response.status).toBe(415);
  });

  it.each(['/', '/%zz<script>', '/graph/notifications/<script>', '/graph/notifications/'])(
    'to %s gets nothing of itself back',
    async (path) => {
      const response = await door.post(path, { value: ['<script>'] });

      expect([400, 404]).toContain(response.status);
      expect(await response.text()).not.toMatch(/script|zz/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );
});
