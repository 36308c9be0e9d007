import { afterEach, describe, expect, it } from '@jest/globals';
import { aClient, graphErrorOf } from '../a-client.ts';
import { instantClock } from '../instant-clock.ts';
import { type Answer, type LocalGraph, startLocalGraph } from '../local-graph.ts';

const open: LocalGraph[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Gives the answers one after the other, then 200. */
async function graphThatFirst(...answers: Answer[]) {
  const graph = await startLocalGraph(() => answers.shift() ?? { body: { id: 'ok' } });
  open.push(graph);
  return graph;
}

const refusal = (status: number, retryAfter?: string): Answer => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body: { error: { code: 'whatever' } },
});

describe('a request that Graph holds back', () => {
  it.each([
    [429, '3', 3000],
    [503, '2.128', 2128],
    [429, 'Thu, 01 Jan 1970 00:00:07 GMT', 7000],
  ])('%d with Retry-After "%s" is sent again after %d ms', async (status, header, milliseconds) => {
    const { origin, arrived } = await graphThatFirst(refusal(status, header));
    const clock = instantClock();

    await aClient(origin, { clock }).request({ url: '/users' });

    expect(clock.slept).toEqual([milliseconds]);
    expect(arrived).toHaveLength(2);
  });

  it('waits longer each time when Graph names no time, by chance up to half as long', async () => {
    const { origin } = await graphThatFirst(refusal(503), refusal(503), refusal(503));
    const [shortest, longest] = [instantClock(), instantClock()];

    await aClient(origin, { clock: shortest, random: () => 0 }).request({ url: '/users' });
    const second = await graphThatFirst(refusal(503), refusal(503), refusal(503));
    await aClient(second.origin, { clock: longest, random: () => 1 }).request({ url: '/users' });

    expect(shortest.slept).toEqual([250, 500, 1000]);
    expect(longest.slept).toEqual([500, 1000, 2000]);
  });

  it('is given up after the last attempt, with the time that Graph named', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(429, '1'), refusal(429, '1'), refusal(429, '5'));

    const error = await graphErrorOf(aClient(origin, { retry: { maxAttempts: 3 } }).request({ url: '/users' }));

    expect(error).toMatchObject({ code: 'throttled', retriable: true, retryAfterMs: 5000 });
    expect(arrived).toHaveLength(3);
  });

  it('is counted with what Graph asked to wait, in the scope and in its client', async () => {
    const { origin } = await graphThatFirst(refusal(429, '1'), refusal(429, '3'));
    const client = aClient(origin);
    const scope = client.with({});

    await scope.request({ url: '/users' });
    await client.request({ url: '/users' });

    expect(scope.requests).toEqual({ http: 3, batchMembers: 0, throttled: 2, askedToWaitMs: 4000 });
    expect(client.requests).toEqual({ http: 4, batchMembers: 0, throttled: 2, askedToWaitMs: 4000 });
  });

  it('is left to the caller when Graph asks for a longer wait than allowed', async () => {
    const { origin } = await graphThatFirst(refusal(429, '600'));
    const clock = instantClock();

    const error = await graphErrorOf(aClient(origin, { clock }).request({ url: '/users' }));

    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 600_000 });
    expect(clock.slept).toEqual([]);
  });

  it('is not sent again when the caller stops while it waits', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(429, '1'));
    const controller = new AbortController();
    const clock = { ...instantClock(), sleep: () => Promise.reject(controller.signal.reason as Error) };
    const client = aClient(origin, {
      clock,
      onRequest: () => controller.abort(new Error('stopping')),
      signal: controller.signal,
    });

    const error = await graphErrorOf(client.request({ url: '/users' }));

    expect(error.code).toBe('aborted');
    expect(arrived).toHaveLength(1);
  });
});

describe('a time that Graph names', () => {
  it('is waited for by every other request of that tenant too', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(429, '3'));
    const clock = instantClock();
    const sent: number[] = [];
    const client = aClient(origin, { clock, maxConcurrency: 1, onRequest: () => sent.push(clock.now()) });

    await Promise.all(['/users', '/groups'].map((url) => client.request({ url })));

    expect(sent).toEqual([0, 3000, 3000]);
    expect(arrived).toHaveLength(3);
  });

  it('is no matter to another tenant', async () => {
    const { origin } = await graphThatFirst(refusal(429, '3'));
    const clock = instantClock();

    await aClient(origin).request({ url: '/users' });
    await aClient(origin, { clock }).request({ url: '/users' });

    expect(clock.slept).toEqual([]);
  });

  it('of none is over at once', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(504, '0'));
    const clock = instantClock();

    await aClient(origin, { clock }).request({ url: '/users' });

    expect(clock.slept).toEqual([]);
    expect(arrived).toHaveLength(2);
  });
});

describe('a POST', () => {
  const create = { method: 'POST', url: '/subscriptions', body: {} } as const;

  it('is sent again after 429, which says that nothing was done', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(429, '1'));

    await aClient(origin).request(create);

    expect(arrived).toHaveLength(2);
  });

  it('is not sent again after 503, when Graph may have acted on it', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(503, '1'));

    const error = await graphErrorOf(aClient(origin).request(create));

    expect(error).toMatchObject({ code: 'unavailable', retriable: true });
    expect(arrived).toHaveLength(1);
  });

  it('is sent again after 503 when a second time does no harm', async () => {
    const { origin, arrived } = await graphThatFirst(refusal(503, '1'));

    await aClient(origin).request({ ...create, repeatable: true });

    expect(arrived).toHaveLength(2);
  });
});

describe('a request that Graph refuses', () => {
  it.each([400, 403, 404, 409, 501])('is not sent again after %d', async (status) => {
    const { origin, arrived } = await graphThatFirst(refusal(status));

    await graphErrorOf(aClient(origin).request({ url: '/users' }));

    expect(arrived).toHaveLength(1);
  });
});
