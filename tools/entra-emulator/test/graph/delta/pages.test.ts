import { describe, expect, it } from '@jest/globals';
import { openLocalGraph, type DeltaOptions, type LocalGraph } from '../../../src/index.ts';
import { aClock } from '../a-clock.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../a-directory-file.ts';
import { ask } from '../local-caller.ts';
import { walk } from './walk.ts';

const users = Array.from({ length: 30 }, (_, n) => aUser(n));
const ids = users.map(({ id }) => id);
const group = idOf('group', 1);
const reference = (n: number) => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${idOf('user', n)}`,
});

function open(delta: Partial<DeltaOptions>, members: readonly string[] = []): LocalGraph {
  return openLocalGraph({ directory: aDirectoryFile(users, [aGroup(1, members)]), clock: aClock(), delta });
}

describe('pages of a delta round', () => {
  it('have as many objects as was chosen', async () => {
    const { pages } = await walk(open({ pageSize: 7 }), '/users/delta?$select=id');

    expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 7, 2]);
  });

  it('are the same when they are asked for again', async () => {
    const graph = open({ pageSize: 7, repeats: 0.5, emptyPages: 0.5 });
    const { body } = await ask(graph, 'GET', '/users/delta?$select=id');

    const once = await walk(graph, body['@odata.nextLink']);
    const again = await walk(graph, body['@odata.nextLink']);

    expect(again.pages).toEqual(once.pages);
  });

  it('come after an empty one each, when that was chosen, and bring everybody all the same', async () => {
    const { pages, rows } = await walk(open({ pageSize: 10, emptyPages: 1 }), '/users/delta?$select=id');

    expect(pages.map(({ length }) => length)).toEqual([0, 10, 0, 10, 0, 10]);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it('repeat objects as often as was chosen, others for another seed', async () => {
    const shown = async (seed: number): Promise<string[]> =>
      (await walk(open({ repeats: 0.5, seed }), '/users/delta?$select=id')).rows.map(({ id }) => id);

    const [one, other] = [await shown(1), await shown(2)];

    expect(await shown(1)).toEqual(one);
    expect(other).not.toEqual(one);
    for (const rows of [one, other]) {
      expect(rows.length).toBeGreaterThan(35);
      expect(rows.length).toBeLessThan(55);
      expect([...new Set(rows)].sort()).toEqual(ids);
    }
  });

  it('cut a large group into slices that have everybody together, also while members come and go', async () => {
    const graph = open({ linksPerPage: 4 }, ids);
    const { body } = await ask(graph, 'GET', '/groups/delta?$select=members');
    await ask(graph, 'DELETE', `/groups/${group}/members/${idOf('user', 0)}/$ref`);
    await ask(graph, 'DELETE', `/groups/${group}/members/${idOf('user', 9)}/$ref`);

    const { rows } = await walk(graph, body['@odata.nextLink']);
    const members = [...body.value, ...rows].flatMap((row) => row['members@delta'] ?? []).map(({ id }) => id);

    expect(members).toEqual(ids.filter((id) => id !== idOf('user', 9)));
  });

  it('say that a member left who came and went while a round was under way', async () => {
    const graph = open({ pageSize: 1 });
    await ask(graph, 'POST', '/groups', {
      body: { displayName: 'Second', mailEnabled: false, mailNickname: 'second', securityEnabled: true },
    });
    const second = graph.directory.everyId('group')[1] ?? '';
    const { body } = await ask(graph, 'GET', '/groups/delta?$select=members');
    await ask(graph, 'POST', `/groups/${second}/members/$ref`, { body: reference(1) });
    const { rows, deltaLink } = await walk(graph, body['@odata.nextLink']);
    await ask(graph, 'DELETE', `/groups/${second}/members/${idOf('user', 1)}/$ref`);

    const later = await walk(graph, deltaLink);

    expect(rows[0]?.['members@delta']).toHaveLength(1);
    expect(later.rows[0]?.['members@delta']).toMatchObject([
      { id: idOf('user', 1), '@removed': { reason: 'deleted' } },
    ]);
  });

  it('show a user in the recycle bin who went there while a round was under way', async () => {
    const graph = open({ pageSize: 1 });
    const { deltaLink } = await walk(graph, '/users/delta?$select=manager');
    for (const n of [1, 2]) await ask(graph, 'PUT', `/users/${idOf('user', n)}/manager/$ref`, { body: reference(0) });
    const { body } = await ask(graph, 'GET', deltaLink);
    await ask(graph, 'DELETE', `/users/${idOf('user', 2)}`);

    const { rows, deltaLink: next } = await walk(graph, body['@odata.nextLink']);
    await ask(graph, 'POST', `/directory/deletedItems/${idOf('user', 2)}/restore`, { body: {} });
    const restored = await walk(graph, next);

    expect(rows).toEqual([{ id: idOf('user', 2), '@removed': { reason: 'changed' } }]);
    expect(restored.rows).toEqual([
      { id: idOf('user', 2), 'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: idOf('user', 0) }] },
    ]);
  });

  it('do not call deleted what a lagging copy does not know yet', async () => {
    const graph = open({ pageSize: 29 });
    const body = {
      accountEnabled: true,
      displayName: 'New',
      mailNickname: 'new',
      passwordProfile: { password: 'Xy12345678!' },
    };
    await ask(graph, 'POST', '/users', { body: { ...body, userPrincipalName: 'new@contoso.example' } });
    const first = await ask(graph, 'GET', '/users/delta?$select=displayName');
    graph.faultRules.add({ fault: { lag: [{ changes: 1 }, { changes: 2 }] } });

    const { rows } = await walk(graph, first.body['@odata.nextLink']);

    expect(rows.map(({ displayName }) => displayName)).toEqual(['User 29', 'New']);
  });

  it('begin again with nobody who is gone, after a reset', async () => {
    const graph = open({});
    await ask(graph, 'DELETE', `/users/${idOf('user', 1)}`);

    const first = await walk(graph, '/users/delta?$select=id');
    const resync = await walk(graph, '/users/delta?$select=id&$deltatoken=');

    expect([first.rows.length, resync.rows.length]).toEqual([30, 29]);
    expect(first.rows[1]).toEqual({ id: idOf('user', 1), '@removed': { reason: 'changed' } });
  });
});

describe('a delta link', () => {
  it('opens in its own tenant alone', async () => {
    const [here, elsewhere] = [open({}), open({})];
    const { deltaLink } = await walk(here, '/users/delta');

    const [own, other] = [await ask(here, 'GET', deltaLink), await ask(elsewhere, 'GET', deltaLink)];

    expect([own.status, other.status, other.body.error.code]).toEqual([200, 400, 'syncStateNotFound']);
  });

  it('opens for its own application alone', async () => {
    const graph = open({ pageSize: 10 });
    const token = { appId: 'another' };
    const { body } = await ask(graph, 'GET', '/users/delta');
    const { deltaLink } = await walk(graph, '/users/delta');

    const next = await ask(graph, 'GET', body['@odata.nextLink'], { token });
    const later = await ask(graph, 'GET', deltaLink, { token });

    expect([next.body.error.code, later.body.error.code]).toEqual(['Directory_ExpiredPageToken', 'syncStateNotFound']);
  });

  it('is refused when a letter of it was changed', async () => {
    const graph = open({});
    const { deltaLink } = await walk(graph, '/users/delta');
    const changed = deltaLink.replace(/(?<=deltatoken=.{20})./, (letter) => (letter === 'A' ? 'B' : 'A'));

    expect((await ask(graph, 'GET', changed)).body.error.code).toBe('syncStateNotFound');
  });

  it.each([
    ['$skiptoken with $deltatoken', '&$deltatoken=latest'],
    ['$select with $skiptoken', '&$select=id'],
    ['$filter with $skiptoken', `&$filter=id eq '${idOf('user', 1)}'`],
  ])('is refused for %s', async (_, more) => {
    const graph = open({ pageSize: 10 });
    const { body } = await ask(graph, 'GET', '/users/delta');

    expect((await ask(graph, 'GET', `${body['@odata.nextLink'] ?? ''}${more}`)).status).toBe(400);
  });

  it('is not narrowed any more by a filter beside it', async () => {
    const graph = open({});
    const { deltaLink } = await walk(graph, '/users/delta');

    expect((await ask(graph, 'GET', `${deltaLink}&$filter=id eq '${idOf('user', 1)}'`)).status).toBe(400);
  });
});

describe('delta options', () => {
  it.each([
    [{ pageSize: 0 }, 'delta.pageSize must be a whole number from 1'],
    [{ linksPerPage: 0.5 }, 'delta.linksPerPage must be a whole number from 1'],
    [{ repeats: 2 }, 'delta.repeats must be a number from 0 to 1'],
  ])('refuse %j', (delta, message) => {
    expect(() => open(delta)).toThrow(expect.objectContaining({ code: 'options-invalid', message }));
  });
});
