import { afterEach, describe, expect, it } from '@jest/globals';
import type { SentRequest } from '../../src/index.ts';
import { aClient, graphErrorOf } from '../a-client.ts';
import { instantClock } from '../instant-clock.ts';
import { type Answer, type Arrived, type LocalGraph, startLocalGraph } from '../local-graph.ts';

const open: LocalGraph[] = [];
const graph = async (answer: (request: Arrived, origin: string) => Answer) => {
  const started = await startLocalGraph(answer);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('a request', () => {
  it('goes to the version of the API with the token', async () => {
    const { origin, arrived } = await graph(() => ({ body: { id: 'g' } }));

    const answer = await aClient(origin).request({ url: '/groups/g?$select=id' });

    expect(answer.body).toEqual({ id: 'g' });
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toMatchObject({ method: 'GET', url: '/v1.0/groups/g?$select=id' });
    expect(arrived[0]?.headers['authorization']).toBe('Bearer a-token');
  });

  it('follows a link of Graph to the letter, its query in the order it came', async () => {
    const { origin, arrived } = await graph(() => ({ body: {} }));
    const query = '?zeta=1&$top=2&$skiptoken=a%3db&$select=id&$select=mail&x';

    await aClient(origin).request({ url: `${origin}/v1.0/users${query}` });

    expect(arrived[0]?.url).toBe(`/v1.0/users${query}`);
  });

  it('carries a body as JSON', async () => {
    const { origin, arrived } = await graph(() => ({ status: 201, body: { id: 's' } }));

    await aClient(origin).request({ method: 'POST', url: '/subscriptions', body: { resource: 'users' } });

    expect(arrived[0]).toMatchObject({ method: 'POST', body: { resource: 'users' } });
    expect(arrived[0]?.headers['content-type']).toBe('application/json');
  });

  it('resolves for an answer without a body', async () => {
    const { origin } = await graph(() => ({ status: 204 }));

    await expect(aClient(origin).request({ method: 'DELETE', url: '/subscriptions/s' })).resolves.toMatchObject({
      status: 204,
      body: undefined,
    });
  });

  it('is counted, and reported without its query', async () => {
    const sent: SentRequest[] = [];
    const { origin } = await graph(() => ({ body: {} }));
    const client = aClient(origin, { onRequest: (request) => sent.push(request) });

    await client.request({ url: '/users?$filter=secret' });

    expect(client.requests).toEqual({ http: 1, batchMembers: 0, throttled: 0, askedToWaitMs: 0 });
    expect(sent).toEqual([
      { method: 'GET', path: '/v1.0/users', status: 200, milliseconds: 0, batchMembers: 0, throttled: false },
    ]);
  });

  it('is counted in its scope and in the client the scope was made from, not in another scope', async () => {
    const { origin } = await graph(() => ({ body: {} }));
    const client = aClient(origin);
    const [one, other] = [client.with({ lane: 'interactive' }), client.with({})];

    await one.request({ url: '/users' });

    expect([client.requests.http, one.requests.http, other.requests.http]).toEqual([1, 1, 0]);
  });
});

describe('a redirect', () => {
  it('is refused, and its target never asked', async () => {
    const elsewhere = await graph(() => ({ body: { value: [] } }));
    const { origin } = await graph(() => ({ status: 302, headers: { location: `${elsewhere.origin}/v1.0/users` } }));

    const error = await graphErrorOf(aClient(origin).request({ url: '/users' }));

    expect(error).toMatchObject({ code: 'redirected', status: 302, retriable: false });
    expect(elsewhere.arrived).toEqual([]);
  });
});

describe('an expired token', () => {
  it('is replaced by a fresh one, once', async () => {
    const { origin, arrived } = await graph(({ headers }) =>
      headers['authorization'] === 'Bearer fresh' ? { body: { id: 'g' } } : { status: 401, body: {} },
    );
    const client = aClient(origin, { token: (options) => Promise.resolve(options?.refresh ? 'fresh' : 'old') });

    const answer = await client.request({ url: '/groups/g' });

    expect(answer.body).toEqual({ id: 'g' });
    expect(arrived).toHaveLength(2);
  });

  it('is an error when the fresh one is refused too', async () => {
    const { origin, arrived } = await graph(() => ({ status: 401, body: {} }));

    const error = await graphErrorOf(aClient(origin).request({ url: '/groups/g' }));

    expect(error).toMatchObject({ code: 'unauthenticated', status: 401, retriable: false });
    expect(arrived).toHaveLength(2);
  });
});

describe('a server that does not answer', () => {
  it('is given up after the time limit', async () => {
    const { origin } = await graph(() => 'hang');
    const client = aClient(origin, { timeoutMs: 30, retry: { maxAttempts: 1 } });

    const error = await graphErrorOf(client.request({ url: '/users' }));

    expect(error).toMatchObject({ code: 'timeout', retriable: true });
  });

  it('is left when the caller wants no more', async () => {
    const controller = new AbortController();
    const { origin } = await graph(() => {
      controller.abort(new Error('stopping'));
      return 'hang';
    });

    const error = await graphErrorOf(aClient(origin).with({ signal: controller.signal }).request({ url: '/users' }));

    expect(error).toMatchObject({ code: 'aborted', retriable: false });
    expect((error.cause as Error).message).toBe('stopping');
  });

  it('is asked again when it cut the answer off', async () => {
    let cuts = 1;
    const { origin, arrived } = await graph(() => (cuts-- > 0 ? 'cut' : { body: { value: [] } }));

    const answer = await aClient(origin).request({ url: '/users' });

    expect(answer.body).toEqual({ value: [] });
    expect(arrived).toHaveLength(2);
  });

  it('is a network error when nobody listens', async () => {
    const gone = await startLocalGraph(() => 'hang');
    await gone.close();

    const error = await graphErrorOf(aClient(gone.origin).request({ url: '/users' }));

    expect(error).toMatchObject({ code: 'network', retriable: true });
  });

  it('is not asked at all after the client was stopped', async () => {
    const { origin, arrived } = await graph(() => ({ body: {} }));

    const error = await graphErrorOf(aClient(origin, { signal: AbortSignal.abort() }).request({ url: '/users' }));

    expect(error.code).toBe('aborted');
    expect(arrived).toEqual([]);
  });
});

describe('the log', () => {
  it('says why a request was held back, without token, query or body', async () => {
    const lines: string[] = [];
    const log = (fields: object, message: string) => lines.push(JSON.stringify({ ...fields, message }));
    let refusals = 1;
    const { origin } = await graph(() =>
      refusals-- > 0 ? { status: 429, headers: { 'retry-after': '3' }, body: { secret: 'in-body' } } : { body: {} },
    );
    const client = aClient(origin, { logger: { debug: log, warn: log }, clock: instantClock() });

    await client.request({ url: '/users?$filter=in-query' });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"retryAfterMs":3000');
    expect(lines[0]).not.toMatch(/a-token|in-query|in-body/);
  });
});
