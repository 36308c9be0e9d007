import { describe, expect, it } from '@jest/globals';
import { openLocalGraph, type Fault, type FaultMatch, type LocalGraph } from '../../../src/index.ts';
import { aClock } from '../a-clock.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../a-directory-file.ts';
import { ask } from '../local-caller.ts';

const user = idOf('user', 1);
const group = idOf('group', 1);

function open(fault: Fault, match: FaultMatch = {}): LocalGraph {
  const users = [aUser(1), aUser(2), aUser(3)];
  const directory = aDirectoryFile(users, [aGroup(1, [user, idOf('user', 2)])]);
  return openLocalGraph({ directory, clock: aClock(), faults: { rules: [{ id: 'fault', match, fault }] } });
}

describe('a fault rule', () => {
  it('answers with a status, as often as it says', async () => {
    const graph = open({ status: 503, retryAfter: 3 }, { times: 2 });

    const answers = [1, 2, 3].map(() => ask(graph, 'GET', `/users/${user}`));
    const [first, second, third] = await Promise.all(answers);

    expect([first?.status, second?.status, third?.status]).toEqual([503, 503, 200]);
    expect(first?.headers['retry-after']).toBe('3');
    expect(first?.body.error.code).toBe('serviceNotAvailable');
  });

  it.each([429, 503, 504, 509])('answers %i with an error body', async (status) => {
    const { body, ...answer } = await ask(open({ status, retryAfter: 2.128 }), 'GET', '/users');

    expect([answer.status, typeof body.error.code, answer.headers['retry-after']]).toEqual([status, 'string', '2.128']);
  });

  it('takes one tenant away for a time, and no other', async () => {
    const clock = aClock();
    const rule = { match: { tenantId: aDirectoryFile().tenant.id }, fault: { status: 503 }, forMs: 60_000 };
    const other = { match: { tenantId: 'another' }, fault: { status: 500 } };
    const graph = openLocalGraph({ directory: aDirectoryFile(), clock, faults: { rules: [rule, other] } });

    const during = await ask(graph, 'GET', '/users');
    clock.advance(60_000);
    const after = await ask(graph, 'GET', '/users');

    expect([during.status, after.status]).toEqual([503, 200]);
  });

  it('drops a request; in a batch that is a member which timed out', async () => {
    const graph = open({ drop: true }, { template: 'GET /users/{user}' });
    const requests = [{ id: '1', method: 'GET', url: `/users/${user}` }];

    const { body } = await ask(graph, 'POST', '/$batch', { body: { requests } });

    await expect(ask(graph, 'GET', `/users/${user}`)).rejects.toThrow('a fault closed the connection');
    expect(body['responses']).toMatchObject([{ id: '1', status: 504 }]);
  });

  it('carries out what it cuts off', async () => {
    const graph = open({ cut: 'length' }, { method: 'PATCH' });
    const requests = [
      {
        id: '1',
        method: 'PATCH',
        url: `/users/${user}`,
        headers: { 'content-type': 'application/json' },
        body: { city: 'Rome' },
      },
    ];

    const { body } = await ask(graph, 'POST', '/$batch', { body: { requests } });
    const read = await ask(graph, 'GET', `/users/${user}?$select=city`);

    expect(body['responses']).toMatchObject([{ status: 504 }]);
    expect(read.body['city']).toBe('Rome');
  });

  it('makes an answer look empty and complete', async () => {
    const graph = open({ emptyAnswer: true });

    const list = await ask(graph, 'GET', '/users?$top=1');
    const delta = await ask(graph, 'GET', '/users/delta');
    const single = await ask(graph, 'GET', `/users/${user}`);

    expect([Object.keys(list.body), list.body.value]).toEqual([['@odata.context', 'value'], []]);
    expect(Object.keys(delta.body)).toEqual(['@odata.context', 'value']);
    expect(single.body.id).toBe(user);
  });

  it('leaves items only their type and id', async () => {
    const { body } = await ask(open({ idsOnly: true }), 'GET', `/groups/${group}/members?$select=id,displayName,mail`);

    expect(body.value[0]).toEqual({
      '@odata.type': '#microsoft.graph.user',
      id: user,
      displayName: null,
      mail: null,
    });
  });

  it('lets a page token expire', async () => {
    const graph = open({ expire: 'page' });

    const { status, body } = await ask(graph, 'GET', '/users?$top=1');
    const next = await ask(graph, 'GET', body['@odata.nextLink']);

    expect([status, next.status, next.body.error.code]).toEqual([200, 400, 'Directory_ExpiredPageToken']);
  });

  it('lets a delta token expire', async () => {
    const graph = open({ expire: 'delta' });

    const { body } = await ask(graph, 'GET', '/users/delta');
    const next = await ask(graph, 'GET', body['@odata.deltaLink']);

    expect([next.status, next.body.error.code]).toEqual([400, 'syncStateNotFound']);
  });

  it('sends a caller back to the start, with what was asked first', async () => {
    const graph = open({ expire: 'reset' });
    const filter = `id eq '${user}'`;

    const { body } = await ask(graph, 'GET', `/users/delta?$select=displayName&$filter=${encodeURIComponent(filter)}`);
    const gone = await ask(graph, 'GET', body['@odata.deltaLink']);
    const location = new URL(gone.headers['location'] ?? '');
    const again = await ask(graph, 'GET', location.href.replaceAll('+', '%20'));

    expect([gone.status, gone.body.error.code]).toEqual([410, 'resyncRequired']);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      $select: 'displayName',
      $filter: filter,
      $deltatoken: '',
    });
    expect(again.body.value).toEqual([{ id: user, displayName: 'User 1' }]);
  });

  it('changes the pages of delta rounds', async () => {
    const graph = open({ delta: { pageSize: 1 } }, { nth: 1 });

    const first = await ask(graph, 'GET', '/users/delta');
    const rest = await ask(graph, 'GET', first.body['@odata.nextLink']);

    expect([first.body.value.length, rest.body.value.length]).toEqual([1, 2]);
  });

  it('adds up with others, the earlier one first, and all of them after the function', async () => {
    const waited: number[] = [];
    const graph = openLocalGraph({
      directory: aDirectoryFile(),
      clock: aClock(),
      wait: (ms) => Promise.resolve(waited.push(ms)),
      faults: {
        beforeRequest: ({ count }) => (count === 2 ? { status: 500 } : undefined),
        rules: [{ fault: { delayMs: 10 } }, { fault: { delayMs: 20, status: 503 } }],
      },
    });

    const first = await ask(graph, 'GET', '/users');
    const second = await ask(graph, 'GET', '/users');

    expect([first.status, second.status, waited]).toEqual([503, 500, [10, 10]]);
  });
});
