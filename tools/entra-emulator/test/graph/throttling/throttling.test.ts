import { describe, expect, it } from '@jest/globals';
import { openLocalGraph, type LocalGraph, type LocalGraphOptions } from '../../../src/index.ts';
import { portrait } from '../../../src/generate/portrait.ts';
import { aClock } from '../a-clock.ts';
import { aDirectoryFile, aUser, idOf } from '../a-directory-file.ts';
import { ask } from '../local-caller.ts';

const user = idOf('user', 1);
const otherApp = '99999999-0000-4000-8000-000000000000';

function open(options: Partial<LocalGraphOptions> = {}, users = 1): LocalGraph & { advance(ms: number): void } {
  const clock = aClock();
  const people = Array.from({ length: users }, (_, n) =>
    aUser(n + 1, n < 2 ? { photo: portrait(n).toString('base64') } : {}),
  );
  return Object.assign(openLocalGraph({ directory: aDirectoryFile(people), clock, ...options }), {
    advance: (ms: number) => clock.advance(ms),
  });
}

/** How many of the same request are answered before the first 429; the limit is one more than that when there is none. */
async function accepted(
  graph: LocalGraph,
  limit: number,
  method: string,
  address: string,
  body?: object,
): Promise<number> {
  for (let n = 0; n < limit; n += 1) {
    const { status } = await ask(graph, method, address, body === undefined ? {} : { body });
    if (status === 429) return n;
  }
  return limit + 1;
}

describe('budgets', () => {
  it.each([
    ['S', 49, 35],
    ['M', 50, 50],
    ['M', 500, 50],
    ['L', 501, 80],
  ])('of resource units are those of a tenant of size %s with %i users', async (_, users, hundredth) => {
    const graph = open({ throttling: { scale: 0.01 } }, users);

    expect(await accepted(graph, 100, 'GET', `/users/${user}`)).toBe(hundredth);
  });

  it('are charged by the cost of each request', async () => {
    const graph = open({ throttling: { scale: 0.01 } });

    expect(await accepted(graph, 100, 'GET', '/users')).toBe(17);
  });

  it('are full again after their window, and stay empty for whoever does not wait', async () => {
    const graph = open({ throttling: { scale: 0.001 } });
    await accepted(graph, 10, 'GET', `/users/${user}`);

    const { headers } = await ask(graph, 'GET', `/users/${user}`);
    const early = await ask(graph, 'GET', `/users/${user}`);
    graph.advance(1000 * (Number(headers['retry-after']) + 10));
    const patient = await ask(graph, 'GET', `/users/${user}`);

    expect([early.status, patient.status]).toEqual([429, 200]);
  });

  it('belong to one application in one tenant', async () => {
    const graph = open({ throttling: { scale: 0.01 } });
    await accepted(graph, 100, 'GET', `/users/${user}`);

    const mine = await ask(graph, 'GET', `/users/${user}`);
    const another = await ask(graph, 'GET', `/users/${user}`, { token: { appId: otherApp } });

    expect([mine.status, another.status]).toEqual([429, 200]);
  });

  it('of writes are smaller, and reads go on', async () => {
    const graph = open({ throttling: { scale: 0.01 } });
    const write = { department: 'Sales' };

    expect(await accepted(graph, 100, 'PATCH', `/users/${user}`, write)).toBe(30);
    const refused = await ask(graph, 'PATCH', `/users/${user}`, { body: write });
    const read = await ask(graph, 'GET', `/users/${user}`);

    expect(refused.headers).toMatchObject({ 'x-ms-throttle-information': 'WriteLimitExceeded' });
    expect(refused.headers['x-ms-throttle-scope']).toMatch(/^Tenant_Application\/Write\//);
    expect(read.status).toBe(200);
  });

  it('of writes are shared by all applications of a tenant', async () => {
    const graph = open({ throttling: { scale: 0.001 } });
    let statuses: number[] = [];
    for (let app = 0; app < 10; app += 1) {
      const token = { appId: `${otherApp.slice(0, -1)}${app}` };
      const answers = [1, 2].map(() => ask(graph, 'PATCH', `/users/${user}`, { body: { city: 'Rome' }, token }));
      statuses = [...statuses, ...(await Promise.all(answers)).map(({ status }) => status)];
    }

    expect(statuses.filter((status) => status === 204)).toHaveLength(18);
  });

  it('allow ten reads of sign-in activity a minute', async () => {
    const graph = open();

    expect(await accepted(graph, 20, 'GET', `/users/${user}?$select=signInActivity`)).toBe(10);
    expect((await ask(graph, 'GET', `/users/${user}?$select=displayName`)).status).toBe(200);
  });

  it('are charged for requests that are refused for another reason', async () => {
    const graph = open({ throttling: { scale: 0.01 } });

    expect(await accepted(graph, 100, 'GET', '/users/nobody')).toBe(35);
    expect((await ask(graph, 'GET', '/planets')).status).toBe(400);
  });

  it('can be lifted', async () => {
    const graph = open({ throttling: false });

    expect(await accepted(graph, 4000, 'GET', `/users/${user}`)).toBe(4001);
  });

  it('are the published ones unless told otherwise', async () => {
    const graph = open();

    expect(await accepted(graph, 4000, 'GET', `/users/${user}`)).toBe(3500);
  });

  it('refuse a scale that leaves nothing', () => {
    expect(() => open({ throttling: { scale: 0 } })).toThrow('throttling.scale must be a number above 0');
  });
});

describe('the answer 429', () => {
  it('has its body, when to try again, and what ran out for whom', async () => {
    const graph = open({ throttling: { scale: 0.01 } });
    await accepted(graph, 100, 'GET', `/users/${user}`);

    const { headers, body } = await ask(graph, 'GET', `/users/${user}`);

    const [scope, limit, appId, tenantId] = (headers['x-ms-throttle-scope'] ?? '').split('/');
    expect([scope, limit]).toEqual(['Tenant_Application', 'ReadWrite']);
    expect([appId, tenantId]).toEqual([graph.requestLog.entries()[0]?.appId, graph.directory.tenant.id]);
    expect(headers['x-ms-throttle-information']).toBe('ResourceUnitLimitExceeded');
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(Number(headers['x-ms-throttle-limit-percentage'])).toBeGreaterThan(1);
    expect(body.error).toMatchObject({
      code: 'TooManyRequests',
      message: 'Please retry again later.',
      innerError: { code: '429', status: '429', message: 'Please retry after' },
    });
  });

  it('is announced from 0.8 of the budget on', async () => {
    const graph = open({ throttling: { scale: 0.02 } }, 50);
    const percentages: (string | undefined)[] = [];
    for (let n = 0; n < 100; n += 1)
      percentages.push((await ask(graph, 'GET', `/users/${user}`)).headers['x-ms-throttle-limit-percentage']);

    expect(percentages.slice(0, 80).filter((value) => value !== undefined)).toEqual([]);
    expect(percentages.slice(80)).toEqual(Array.from({ length: 20 }, (_, n) => (0.81 + n / 100).toFixed(2)));
  });

  it('comes to each member of a batch by itself', async () => {
    const graph = open({ throttling: { scale: 0.001 } });
    const requests = [1, 2, 3, 4, 5].map((id) => ({ id: String(id), method: 'GET', url: `/users/${user}` }));

    const { status, body } = await ask(graph, 'POST', '/$batch', { body: { requests } });
    const responses = body['responses'] as { status: number; headers: Record<string, string> }[];

    expect(status).toBe(200);
    expect(responses.map((response) => response.status).sort()).toEqual([200, 200, 200, 429, 429]);
    expect(responses.find((response) => response.status === 429)?.headers['Retry-After']).toMatch(/^\d+$/);
  });

  it('says nothing of the directory when a mailbox is too busy', async () => {
    let release: (() => void) | undefined;
    const delay = new Promise<void>((done) => (release = done));
    const graph = open({ faults: { beforeRequest: () => ({ delayMs: 1 }) }, wait: () => delay });
    const photo = (n: number) => ask(graph, 'GET', `/users/${idOf('user', n)}/photo/$value`);

    const first = [1, 1, 1, 1].map(photo);
    const [fifth, byName] = await Promise.all([photo(1), ask(graph, 'GET', '/users/user1@contoso.example/photo')]);
    const other = photo(2);
    release?.();

    expect([fifth.status, fifth.body.error.code, byName.status]).toEqual([429, 'ApplicationThrottled', 429]);
    expect(fifth.headers['x-ms-throttle-scope']).toBeUndefined();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await other).status).toBe(404);
  });

  it('is not the way in which a batch keeps to four requests for a mailbox at a time', async () => {
    let underWay = 0;
    let most = 0;
    const wait = async (): Promise<void> => {
      most = Math.max(most, (underWay += 1));
      await Promise.resolve();
      underWay -= 1;
    };
    const graph = open({ faults: { beforeRequest: ({ batchMember }) => (batchMember ? { delayMs: 1 } : {}) }, wait });
    const requests = Array.from({ length: 20 }, (_, n) => ({ id: `${n}`, method: 'GET', url: `/users/${user}/photo` }));

    const { body } = await ask(graph, 'POST', '/$batch', { body: { requests } });

    expect((body['responses'] as { status: number }[]).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(most).toBe(4);
  });

  it('comes from a mailbox after its own number of requests', async () => {
    const graph = open({ throttling: { scale: 0.001 } });

    expect(await accepted(graph, 20, 'GET', `/users/${user}/photo`)).toBe(10);
    expect((await ask(graph, 'GET', `/users/${user}`)).status).toBe(200);
  });
});
