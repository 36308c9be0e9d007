import { describe, expect, it } from '@jest/globals';
import { openLocalGraph } from '../../src/index.ts';
import { aClock } from './a-clock.ts';
import { aDirectoryFile, aUser, idOf } from './a-directory-file.ts';
import { ask } from './local-caller.ts';

const user = idOf('user', 1);
const tenantId = aDirectoryFile().tenant.id;

describe('the request log', () => {
  it('says of each request who made it, what it was answered and what it cost', async () => {
    const clock = aClock();
    const graph = openLocalGraph({ directory: aDirectoryFile(), clock });
    await ask(graph, 'GET', '/users?$top=50', { token: { appId: 'app' } });
    clock.advance(1000);
    await ask(graph, 'GET', '/planets', { token: { appId: 'app' } });

    expect(graph.requestLog.entries()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at: '2026-01-05T09:00:00.000Z',
        method: 'GET',
        url: '/users?$top=50',
        template: 'GET /users',
        tenantId,
        appId: 'app',
        status: 200,
        resourceUnits: 2,
        throttled: false,
        faults: [],
        ms: expect.any(Number),
      },
      expect.objectContaining({ at: '2026-01-05T09:00:01.000Z', template: 'unknown', status: 400, resourceUnits: 0 }),
    ]);
  });

  it('names the batch of its members, the faults that were met, and what was throttled', async () => {
    const rules = [{ id: 'none', match: { batchMember: true, nth: 2 }, fault: { drop: true } }];
    const directory = aDirectoryFile();
    const graph = openLocalGraph({ directory, clock: aClock(), faults: { rules }, throttling: { scale: 0.0003 } });
    const requests = [1, 2, 3].map((id) => ({ id: `${id}`, method: 'GET', url: `/users/${user}` }));

    await ask(graph, 'POST', '/$batch', { body: { requests } });
    const [first, second, third, batch] = graph.requestLog.entries();

    expect([first?.batchId, second?.batchId, batch?.batchId]).toEqual([batch?.id, batch?.id, undefined]);
    expect([first, second, third].map((entry) => [entry?.status, entry?.throttled, entry?.faults])).toEqual(
      expect.arrayContaining([
        [200, false, []],
        [undefined, false, ['none']],
        [429, true, []],
      ]),
    );
  });

  it('keeps the latest only, and nothing after a reset', async () => {
    const graph = openLocalGraph({ directory: aDirectoryFile(), clock: aClock(), requestLogSize: 3 });
    for (let n = 1; n <= 10; n += 1) await ask(graph, 'GET', `/users?$top=${n}`);
    const kept = graph.requestLog.entries().map(({ url }) => url);
    graph.requestLog.reset();

    expect(kept).toEqual(['/users?$top=8', '/users?$top=9', '/users?$top=10']);
    expect(graph.requestLog.entries()).toEqual([]);
  });

  it('does not change an answer that was given out', async () => {
    const graph = openLocalGraph({ directory: aDirectoryFile(), clock: aClock() });
    await ask(graph, 'GET', '/users');
    const before = graph.requestLog.entries();
    await ask(graph, 'GET', '/users');

    expect(before).toHaveLength(1);
  });
});

describe('the request counts', () => {
  it('count by template, tenant and application until they are reset', async () => {
    const directory = aDirectoryFile([aUser(1), aUser(2)]);
    const graph = openLocalGraph({ directory, clock: aClock() });
    const requests = [1, 2].map((n) => ({ id: `${n}`, method: 'GET', url: `/users/${idOf('user', n)}` }));
    await ask(graph, 'POST', '/$batch', { body: { requests }, token: { appId: 'one' } });
    await ask(graph, 'GET', `/users/${user}`, { token: { appId: 'two' } });

    expect(graph.requests).toMatchObject({
      total: 2,
      batchMembers: 2,
      byTemplate: { 'GET /users/{user}': 3, 'POST /$batch': 1 },
      byTenant: { [tenantId]: 4 },
      byApp: { one: 3, two: 1 },
    });
    graph.requests.reset();
    expect(graph.requests).toMatchObject({ total: 0, batchMembers: 0, byTemplate: {}, byTenant: {}, byApp: {} });
  });
});
