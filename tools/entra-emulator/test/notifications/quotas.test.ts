import { describe, expect, it } from '@jest/globals';
import type { AccessToken } from '../../src/entra/ports.ts';
import { createMicrosoft, parseDirectoryFile } from '../../src/index.ts';
import type { SubscriptionLimits } from '../../src/notifications/subscription-quota.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { aDirectoryFile, aUser, idOf } from '../graph/a-directory-file.ts';

const now = new Date('2026-11-25T12:00:00Z');
const otherTenant = '00000000-0000-4000-8000-00000000beef';

/** Microsoft in this process, with an endpoint that answers every handshake. */
async function aMicrosoft(people: number, subscriptionLimits: Partial<SubscriptionLimits> = {}) {
  const file = aDirectoryFile(Array.from({ length: people }, (_, index) => aUser(index + 1)));
  const parse = (one: object) => parseDirectoryFile(JSON.stringify(one));
  const other = { ...file, tenant: { ...file.tenant, id: otherTenant } };
  const { graph } = await createMicrosoft(
    [parse(file), parse(other)],
    { clock: () => now, throttling: false, subscriptionLimits },
    {
      post: ({ url }) => {
        const body = new URL(url).searchParams.get('validationToken') ?? '';
        return Promise.resolve({ status: 200, contentType: 'text/plain', body });
      },
      httpUrl: () => 'http://localhost',
      httpsUrl: () => 'https://localhost',
    },
  );
  const call = async (method: string, path: string, body?: object, caller: Partial<AccessToken> = {}) => {
    const token = {
      tenantId: file.tenant.id,
      appId: 'application 1',
      roles: ['Directory.Read.All'],
      scopes: [],
      expiresAt: now.getTime() + 3_600_000,
      ...caller,
    };
    const [address = '', query = ''] = path.split('?');
    const request = {
      method,
      path: address,
      query,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      origin: 'https://graph',
    };
    const answer = await graph(request, token);
    if (!isJsonObject(answer.body)) throw new Error('an answer without a body');
    return { status: answer.status, body: answer.body };
  };
  const subscribe = (person: number, caller: Partial<AccessToken> = {}) =>
    call(
      'POST',
      '/subscriptions',
      {
        changeType: 'updated',
        resource: `users/${idOf('user', person)}`,
        notificationUrl: 'https://endpoint/',
        expirationDateTime: '2026-11-26T12:00:00Z',
        clientState: 'a secret',
      },
      caller,
    );
  return { call, subscribe };
}

const messageOf = (body: JsonObject): unknown => isJsonObject(body['error']) && body['error']['message'];

describe('the number of subscriptions', () => {
  it('of an application in a tenant is 100, in another tenant 100 more', async () => {
    const { subscribe } = await aMicrosoft(101);
    for (let person = 1; person <= 100; person += 1) expect((await subscribe(person)).status).toBe(201);

    const [one, elsewhere] = [await subscribe(101), await subscribe(101, { tenantId: otherTenant })];

    expect([one.status, elsewhere.status]).toEqual([403, 201]);
    expect(messageOf(one.body)).toMatch(/limit of '100' subscriptions on tenant/);
  });

  it('of all applications in a tenant is 1,000', async () => {
    const { subscribe } = await aMicrosoft(100);
    const of = (application: number): Partial<AccessToken> => ({ appId: `application ${application}` });
    for (let application = 1; application <= 10; application += 1) {
      for (let person = 1; person <= 100; person += 1) await subscribe(person, of(application));
    }

    const [one, elsewhere] = [await subscribe(1, of(11)), await subscribe(1, { ...of(11), tenantId: otherTenant })];

    expect([one.status, elsewhere.status]).toEqual([403, 201]);
    expect(messageOf(one.body)).toMatch(/has reached its limit of '1000' subscriptions/);
  });
});

describe('the list of subscriptions', () => {
  it('has a link to what a page does not hold', async () => {
    const { call, subscribe } = await aMicrosoft(101, { perApplicationAndTenant: 101 });
    for (let person = 1; person <= 101; person += 1) await subscribe(person);

    const first = await call('GET', '/subscriptions');
    const link = first.body['@odata.nextLink'] as string;
    const second = await call('GET', link.replace('https://graph/v1.0', ''));

    expect(first.body['value']).toHaveLength(100);
    expect(second.body['value']).toEqual([expect.objectContaining({ resource: `users/${idOf('user', 101)}` })]);
    expect(second.body).not.toHaveProperty('@odata.nextLink');
  });

  it('takes no query options', async () => {
    const { call } = await aMicrosoft(1);

    expect((await call('GET', '/subscriptions?$top=5')).status).toBe(400);
    expect((await call('GET', '/subscriptions')).status).toBe(200);
  });
});

describe('the creator of a subscription', () => {
  it('is the user when one has signed in, else the service principal', async () => {
    const { subscribe } = await aMicrosoft(2);
    const delegated = { roles: [], scopes: ['User.Read.All'], userId: idOf('user', 2), appId: 'application 2' };

    const [byApplication, byUser] = [await subscribe(1), await subscribe(1, delegated)];

    expect(byUser.body['creatorId']).toBe(idOf('user', 2));
    expect(byApplication.body['creatorId']).not.toBe(idOf('user', 2));
  });
});
