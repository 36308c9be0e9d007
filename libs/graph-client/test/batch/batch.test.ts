import { afterEach, describe, expect, it } from '@jest/globals';
import { batch } from '../../src/index.ts';
import { aClient, graphErrorOf } from '../a-client.ts';
import { instantClock } from '../instant-clock.ts';
import {
  type Answer,
  type Arrived,
  graphError,
  type LocalGraph,
  startLocalGraph,
  withBatches,
} from '../local-graph.ts';

const open: LocalGraph[] = [];
const graph = async (answer: (request: Arrived, origin: string) => Answer) => {
  const started = await startLocalGraph(answer);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const things = (count: number) => Array.from({ length: count }, (_, index) => ({ url: `/things/${index}` }));
const members = ({ body }: Arrived) => (body as { requests: { id: string; url: string }[] }).requests;

describe('batch', () => {
  it('sends twenty at a time and gives each answer to its own member', async () => {
    const { origin, arrived } = await graph(withBatches(({ url }) => ({ body: { url } })));
    const client = aClient(origin);

    const answers = await batch(client, things(45));

    expect(answers.map(({ body }) => body)).toEqual(things(45).map(({ url }) => ({ url: `/v1.0${url}` })));
    expect(arrived.map((request) => members(request).length).toSorted()).toEqual([20, 20, 5].toSorted());
    expect(client.requests).toMatchObject({ http: 3, batchMembers: 45 });
  });

  it('sends nothing for no members', async () => {
    const { origin, arrived } = await graph(withBatches(() => ({})));

    expect(await batch(aClient(origin), [])).toEqual([]);
    expect(arrived).toEqual([]);
  });

  it('gives the error of one member to that member alone', async () => {
    const { origin } = await graph(
      withBatches(({ url }) =>
        url.endsWith('/1') ? { status: 403, body: graphError('Authorization_RequestDenied') } : { body: { url } },
      ),
    );

    const answers = await batch(aClient(origin), things(3));

    expect(answers.map(({ status }) => status)).toEqual([200, 403, 200]);
    expect(answers[1]?.body).toEqual(graphError('Authorization_RequestDenied'));
  });

  it('sends only the throttled members again, after the longest time that was named', async () => {
    const refusals = new Map([
      ['/v1.0/things/2', '3'],
      ['/v1.0/things/4', '1.5'],
    ]);
    const { origin, arrived } = await graph(
      withBatches(({ url }) => {
        const retryAfter = refusals.get(url);
        refusals.delete(url);
        return retryAfter ? { status: 429, headers: { 'Retry-After': retryAfter } } : { body: { url } };
      }),
    );
    const clock = instantClock();

    const answers = await batch(aClient(origin, { clock }), things(6));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(clock.slept).toEqual([3000]);
    expect(members(arrived[1] as Arrived).map(({ url }) => url)).toEqual(['/things/2', '/things/4']);
  });

  it('keeps every other request of the tenant waiting while a member of it is throttled', async () => {
    let throttled = false;
    const { origin } = await graph(
      withBatches(({ url }) => {
        if (url !== '/v1.0/things/0' || throttled) return { body: {} };
        throttled = true;
        return { status: 429, headers: { 'Retry-After': '3' } };
      }),
    );
    const clock = instantClock();
    const sent: string[] = [];
    const client = aClient(origin, {
      clock,
      maxConcurrency: 1,
      onRequest: ({ path }) => sent.push(`${path} at ${clock.now()}`),
    });

    await Promise.all([batch(client, things(2)), client.request({ url: '/users' })]);

    expect(sent.toSorted()).toEqual(['/v1.0/$batch at 0', '/v1.0/$batch at 3000', '/v1.0/users at 3000']);
  });

  it('gives a member that stays throttled its 429', async () => {
    const { origin, arrived } = await graph(
      withBatches(({ url }) => (url.endsWith('/0') ? { status: 429, headers: { 'Retry-After': '1' } } : {})),
    );

    const answers = await batch(aClient(origin, { retry: { maxAttempts: 3 } }), things(2));

    expect(answers.map(({ status }) => status)).toEqual([429, 200]);
    expect(arrived).toHaveLength(3);
  });

  it('sends a read again after 503, a creation not, and an action that only reads when told so', async () => {
    const { origin, arrived } = await graph(withBatches(() => ({ status: 503 })));
    const [read, creation] = [{ url: '/users' }, { method: 'POST', url: '/subscriptions', body: {} }] as const;

    const check = { ...creation, url: '/users/u/checkMemberGroups', repeatable: true };
    const answers = await batch(aClient(origin, { retry: { maxAttempts: 2 } }), [read, creation, check]);

    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(arrived.map((request) => members(request).map(({ url }) => url))).toEqual([
      ['/users', '/subscriptions', '/users/u/checkMemberGroups'],
      ['/users', '/users/u/checkMemberGroups'],
    ]);
  });

  it('names a content type for a member with a body', async () => {
    const { origin, arrived } = await graph(withBatches(() => ({})));

    await batch(aClient(origin), [
      { method: 'POST', url: '/x', body: { a: 1 }, headers: { Prefer: 'b' } },
      { url: '/y' },
      { method: 'PATCH', url: '/z', body: {}, headers: { 'content-type': 'application/json' } },
    ]);

    expect(members(arrived[0] as Arrived)).toEqual([
      {
        id: '0',
        method: 'POST',
        url: '/x',
        body: { a: 1 },
        headers: { 'Content-Type': 'application/json', Prefer: 'b' },
      },
      { id: '1', method: 'GET', url: '/y', headers: {} },
      { id: '2', method: 'PATCH', url: '/z', body: {}, headers: { 'content-type': 'application/json' } },
    ]);
  });

  it('addresses a link of Graph relative to the version, unchanged', async () => {
    const { origin, arrived } = await graph(withBatches(() => ({})));

    await batch(aClient(origin), [{ url: `${origin}/v1.0/users?b=1&$skiptoken=%3d` }]);

    expect(members(arrived[0] as Arrived)[0]?.url).toBe('/users?b=1&$skiptoken=%3d');
  });

  it('sends nothing when a member leads to another server', async () => {
    const { origin, arrived } = await graph(withBatches(() => ({})));

    const error = await graphErrorOf(batch(aClient(origin), [{ url: 'https://example.com/v1.0/users' }]));

    expect(error.code).toBe('foreign-link');
    expect(arrived).toEqual([]);
  });

  it('asks again for a member that was left unanswered', async () => {
    let forgetful = true;
    const { origin, arrived } = await graph((request) => {
      const answered = members(request).filter(({ id }) => !(forgetful && id === '1'));
      forgetful = false;
      return { body: { responses: answered.map(({ id, url }) => ({ id, status: 200, body: { url } })) } };
    });

    const answers = await batch(aClient(origin), things(2));

    expect(answers.map(({ body }) => body)).toEqual([{ url: '/things/0' }, { url: '/things/1' }]);
    expect(arrived).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['a member unanswered for good', { responses: [] }],
    ['a member twice', { responses: [1, 1].map(() => ({ id: '0', status: 200 })) }],
    ['a member that was not asked for', { responses: [{ id: '7', status: 200 }] }],
    ['a member without a status', { responses: [{ id: '0' }] }],
    ['no responses', { value: [] }],
  ])('is an error when Graph answers %s', async (_name, body) => {
    const { origin } = await graph(() => ({ body }));

    const error = await graphErrorOf(batch(aClient(origin), things(1)));

    expect(error).toMatchObject({ code: 'unexpected-response', retriable: true });
  });

  it('is an error when the batch itself is refused', async () => {
    const { origin } = await graph(() => ({ status: 403, body: graphError('Authorization_RequestDenied') }));

    expect((await graphErrorOf(batch(aClient(origin), things(30)))).code).toBe('forbidden');
  });
});
