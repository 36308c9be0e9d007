import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openLocalGraph, type LocalGraph } from '../../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../a-directory-file.ts';
import { ask } from '../local-caller.ts';

const eventual = { consistencylevel: 'eventual' };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** The ids of all pages of a list; before each page but the first something is done. */
async function walk(graph: LocalGraph, first: string, between: () => Promise<unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (let link: string | undefined = first; link !== undefined; await between()) {
    const { body } = await ask(graph, 'GET', link, { headers: eventual });
    ids.push(...body.value.map(({ id }) => id));
    link = body['@odata.nextLink'];
  }
  return ids;
}

describe('a walk over the pages of a list', () => {
  it('shows each user once, but for those who are deleted meanwhile', async () => {
    const options = fc.constantFrom(
      '',
      '&$orderby=displayName desc',
      '&$count=true',
      "&$filter=startswith(displayName,'User')",
    );
    const lists = fc.constantFrom('/users', `/groups/${idOf('group', 1)}/members`);

    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 25 }),
        fc.integer({ min: 1, max: 10 }),
        fc.tuple(lists, options).filter(([list, option]) => list === '/users' || !/orderby|filter/.test(option)),
        fc.array(fc.nat({ max: 24 }), { maxLength: 6 }),
        async (count, top, [list, option], deletions) => {
          const users = numbers(count).map((n) => aUser(n));
          const group = aGroup(
            1,
            users.map(({ id }) => id),
          );
          const graph = openLocalGraph({ directory: aDirectoryFile(users, [group]), throttling: false });
          const pending = deletions.map((n) => idOf('user', n));

          const seen = await walk(graph, `${list}?$top=${top}${option}`, async () => {
            const id = pending.shift();
            if (id !== undefined) await graph.call('DELETE', `/users/${id}`);
          });

          const kept = users.map(({ id }) => id).filter((id) => graph.directory.find(id) !== undefined);
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining(kept));
        },
      ),
    );
  });

  it('goes by the order of the whole list', async () => {
    const users = numbers(23).map((n) => aUser(n, { displayName: `${(n * 7) % 23}`.padStart(2, '0') }));
    const graph = openLocalGraph({ directory: aDirectoryFile(users) });

    const seen = await walk(graph, '/users?$orderby=displayName&$top=5', () => Promise.resolve());

    expect(seen.map((id) => users.find((user) => user.id === id)?.displayName)).toEqual(
      numbers(23).map((n) => String(n).padStart(2, '0')),
    );
  });
});

describe('an index that lags by a fault', () => {
  it('is what an advanced query sees, and no other', async () => {
    const graph = openLocalGraph({
      directory: aDirectoryFile([aUser(1)]),
      faults: { beforeRequest: () => ({ indexLag: { changes: 1 } }) },
    });
    await graph.call('PATCH', `/users/${idOf('user', 1)}`, { body: { displayName: 'New' } });

    const basic = await ask(graph, 'GET', '/users?$select=displayName');
    const advanced = await ask(graph, 'GET', '/users?$select=displayName&$count=true', { headers: eventual });

    expect([basic.body.value, advanced.body.value]).toEqual([[{ displayName: 'New' }], [{ displayName: 'User 1' }]]);
  });
});
