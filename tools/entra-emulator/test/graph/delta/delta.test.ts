import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aDirectoryFile, aGroup, aUser, idOf } from '../a-directory-file.ts';
import { runningEmulator, type Row } from '../running-emulator.ts';

const running = runningEmulator();
const group = idOf('group', 1);
const memberRef = (n: number) => ({ '@odata.id': `https://graph/v1.0/directoryObjects/${idOf('user', n)}` });

interface Round {
  rows: Row[];
  pages: number;
  deltaLink: string;
}

async function round(start: string, headers?: Record<string, string>): Promise<Round> {
  const rows: Row[] = [];
  for (let link: string | undefined = start, pages = 1; ; pages += 1) {
    const { status, body } = await running.get(link, headers);
    expect(status).toBe(200);
    rows.push(...body.value);
    if (body['@odata.deltaLink']) return { rows, pages, deltaLink: body['@odata.deltaLink'] };
    link = body['@odata.nextLink'];
  }
}

describe('GET /users/delta', () => {
  it('lists everybody at first, without properties that were never set, and then nothing', async () => {
    await running.start(aDirectoryFile([aUser(1, { mail: null }), aUser(2)]));

    const first = await round('/users/delta?$select=displayName,mail,department');
    const second = await round(first.deltaLink);

    expect(first.rows).toEqual([
      { id: idOf('user', 1), displayName: 'User 1', mail: null },
      { id: idOf('user', 2), displayName: 'User 2' },
    ]);
    expect(second.rows).toEqual([]);
  });

  it('names in its context what the request selects itself, which is nothing when a link is followed', async () => {
    await running.start(aDirectoryFile());

    const first = await running.get('/users/delta?$select=displayName,manager');
    const second = await running.get(first.body['@odata.deltaLink']);

    const metadata = `${running.emulator.httpUrl}/v1.0/$metadata`;
    expect(first.body['@odata.context']).toBe(`${metadata}#users(displayName)`);
    expect(second.body['@odata.context']).toBe(`${metadata}#users`);
  });

  it('begins with nothing for $deltatoken=latest', async () => {
    await running.start(aDirectoryFile());

    const first = await round('/users/delta?$deltatoken=latest&$select=department');
    await running.call('PATCH', `/users/${idOf('user', 1)}`, { department: 'Sales' });
    const second = await round(first.deltaLink);

    expect(first.rows).toEqual([]);
    expect(second.rows).toEqual([{ id: idOf('user', 1), department: 'Sales' }]);
  });

  it('makes no row of a change that is not selected', async () => {
    await running.start(aDirectoryFile());

    const { deltaLink } = await round('/users/delta?$select=displayName');
    await running.call('PATCH', `/users/${idOf('user', 1)}`, { department: 'Sales' });
    const unselected = await round(deltaLink);
    await running.call('PATCH', `/users/${idOf('user', 1)}`, { displayName: 'Ada' });
    const selected = await round(unselected.deltaLink);

    expect(unselected.rows).toEqual([]);
    expect(selected.rows).toEqual([{ id: idOf('user', 1), displayName: 'Ada' }]);
  });

  it('repeats unchanged values, or leaves them out for return=minimal', async () => {
    await running.start(aDirectoryFile([aUser(1, { department: 'Sales' })]));
    const { deltaLink } = await round('/users/delta?$select=displayName,department');
    await running.call('PATCH', `/users/${idOf('user', 1)}`, { department: null });

    const whole = await round(deltaLink);
    const minimal = await round(deltaLink, { prefer: 'return=minimal' });

    expect(whole.rows).toEqual([{ id: idOf('user', 1), displayName: 'User 1', department: null }]);
    expect(minimal.rows).toEqual([{ id: idOf('user', 1), department: null }]);
  });

  it('tells a soft deletion from the end for good, and brings a restored user back as new', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));
    const { deltaLink } = await round('/users/delta?$select=displayName');
    await running.call('DELETE', `/users/${idOf('user', 1)}`);
    await running.call('DELETE', `/users/${idOf('user', 2)}`);
    await running.call('DELETE', `/directory/deletedItems/${idOf('user', 2)}`);

    const deleted = await round(deltaLink);
    await running.call('POST', `/directory/deletedItems/${idOf('user', 1)}/restore`);
    const restored = await round(deleted.deltaLink);

    expect(deleted.rows).toEqual([
      { id: idOf('user', 1), '@removed': { reason: 'changed' } },
      { id: idOf('user', 2), '@removed': { reason: 'deleted' } },
    ]);
    expect(restored.rows).toEqual([{ id: idOf('user', 1), displayName: 'User 1' }]);
  });

  it('reports managers only when selected, with the one that went and the one that came', async () => {
    await running.start(aDirectoryFile([aUser(1, { manager: { id: idOf('user', 2) } }), aUser(2), aUser(3)]));
    const plain = await round('/users/delta?$select=id');
    const withManager = await round('/users/delta?$select=id,manager');
    await running.call('PUT', `/users/${idOf('user', 1)}/manager/$ref`, memberRef(3));

    expect(withManager.rows[0]?.['manager@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: idOf('user', 2) },
    ]);
    expect((await round(plain.deltaLink)).rows).toEqual([]);
    expect((await round(withManager.deltaLink)).rows).toEqual([
      {
        id: idOf('user', 1),
        'manager@delta': [
          { '@odata.type': '#microsoft.graph.user', id: idOf('user', 2), '@removed': { reason: 'deleted' } },
          { '@odata.type': '#microsoft.graph.user', id: idOf('user', 3) },
        ],
      },
    ]);
  });

  it('is narrowed to at most 50 ids', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2)]));
    const filter = (count: number): string =>
      Array.from({ length: count }, (_, n) => `id eq '${idOf('user', n + 1)}'`).join(' or ');

    const narrow = await round(`/users/delta?$select=id&$filter=${filter(1)}`);
    await running.call('PATCH', `/users/${idOf('user', 2)}`, { displayName: 'Other' });

    expect(narrow.rows).toEqual([{ id: idOf('user', 1) }]);
    expect((await round(narrow.deltaLink)).rows).toEqual([]);
    expect((await running.get(`/users/delta?$filter=${filter(50)}`)).status).toBe(200);
    expect((await running.get(`/users/delta?$filter=${filter(51)}`)).status).toBe(400);
    expect((await running.get(`/users/delta?$filter=accountEnabled eq true`)).status).toBe(400);
  });

  it('shows everybody it is narrowed to, also when one before is deleted for good between two pages', async () => {
    await running.start(aDirectoryFile([aUser(1), aUser(2), aUser(3)]), { delta: { pageSize: 1 } });
    const filter = [1, 2, 3].map((n) => `id eq '${idOf('user', n)}'`).join(' or ');
    const first = await running.get(`/users/delta?$select=id&$filter=${filter}`);

    await running.call('DELETE', `/users/${idOf('user', 1)}`);
    await running.call('DELETE', `/directory/deletedItems/${idOf('user', 1)}`);
    const others = await round(first.body['@odata.nextLink'] ?? '');

    expect(first.body.value).toEqual([{ id: idOf('user', 1) }]);
    expect(others.rows).toEqual([{ id: idOf('user', 2) }, { id: idOf('user', 3) }]);
  });

  it('shows nothing of ids that are of no user', async () => {
    await running.start(aDirectoryFile([aUser(1)], [aGroup(1)]));

    const ids = [group, idOf('user', 9)].map((id) => `id eq '${id}'`).join(' or ');

    expect((await round(`/users/delta?$filter=${ids}`)).rows).toEqual([]);
  });

  it.each(['$top=5', '$expand=manager', '$orderby=displayName'])('refuses %s', async (option) => {
    await running.start(aDirectoryFile());

    expect((await running.get(`/users/delta?${option}`)).status).toBe(400);
  });

  it('answers syncStateNotFound for a token that is made up or older than seven days', async () => {
    let days = 0;
    const clock = (): Date => new Date(Date.now() + days * 24 * 60 * 60 * 1000);
    await running.start(aDirectoryFile(), { clock });
    const { deltaLink } = await round('/users/delta');

    const madeUp = await running.get('/users/delta?$deltatoken=madeup');
    const fresh = await running.get(deltaLink);
    days = 7.01;
    await running.renewToken();
    const expired = await running.get(deltaLink);

    expect([madeUp.status, madeUp.body.error.code]).toEqual([400, 'syncStateNotFound']);
    expect(fresh.status).toBe(200);
    expect([expired.status, expired.body.error.code]).toEqual([400, 'syncStateNotFound']);
  });
});

describe('GET /groups/delta', () => {
  it('lists members by default and no key for a group without any', async () => {
    await running.start(aDirectoryFile([aUser(1)], [aGroup(1, [idOf('user', 1), idOf('group', 2)]), aGroup(2)]));

    const { rows } = await round('/groups/delta');

    expect(rows[0]?.['members@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: idOf('user', 1) },
      { '@odata.type': '#microsoft.graph.group', id: idOf('group', 2) },
    ]);
    expect(rows[1]).not.toHaveProperty('members@delta');
  });

  it('leaves members out when $select does not name them', async () => {
    await running.start(aDirectoryFile([aUser(1)], [aGroup(1, [idOf('user', 1)])]));

    expect((await round('/groups/delta?$select=displayName')).rows).toEqual([{ id: group, displayName: 'Group 1' }]);
  });

  it('slices the members of a large group over pages, the group coming again and again', async () => {
    const users = Array.from({ length: 25 }, (_, n) => aUser(n));
    await running.start(
      aDirectoryFile(users, [
        aGroup(
          1,
          users.map(({ id }) => id),
        ),
        aGroup(2),
      ]),
      { delta: { linksPerPage: 10 } },
    );

    const { rows, pages } = await round('/groups/delta?$select=displayName,members');

    expect(pages).toBe(3);
    expect(rows.map((row) => row['members@delta']?.length)).toEqual([10, 10, 5, undefined]);
    expect(new Set(rows.flatMap((row) => row['members@delta'] ?? []).map(({ id }) => id)).size).toBe(25);
  });

  it('keeps a soft-deleted user as a member until the end for good', async () => {
    await running.start(aDirectoryFile([aUser(1)], [aGroup(1, [idOf('user', 1)])]));
    const { deltaLink } = await round('/groups/delta?$select=members');
    await running.call('DELETE', `/users/${idOf('user', 1)}`);
    const softDeleted = await round(deltaLink);
    await running.call('DELETE', `/directory/deletedItems/${idOf('user', 1)}`);
    const deleted = await round(softDeleted.deltaLink);

    expect(softDeleted.rows).toEqual([]);
    expect(deleted.rows[0]?.['members@delta']).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: idOf('user', 1), '@removed': { reason: 'deleted' } },
    ]);
  });

  it('says who left a group that went into the recycle bin and came back since', async () => {
    const unified = { groupTypes: ['Unified'], mailEnabled: true };
    await running.start(aDirectoryFile([aUser(1), aUser(2)], [aGroup(1, [idOf('user', 1), idOf('user', 2)], unified)]));
    const { deltaLink } = await round('/groups/delta?$select=members');
    await running.call('DELETE', `/groups/${group}/members/${idOf('user', 1)}/$ref`);
    await running.call('DELETE', `/groups/${group}`);
    await running.call('POST', `/directory/deletedItems/${group}/restore`);

    expect((await round(deltaLink)).rows).toEqual([
      {
        id: group,
        'members@delta': [
          { '@odata.type': '#microsoft.graph.user', id: idOf('user', 1), '@removed': { reason: 'deleted' } },
          { '@odata.type': '#microsoft.graph.user', id: idOf('user', 2) },
        ],
      },
    ]);
  });

  it('leads a caller who follows links, whatever changes meanwhile, to the members that the group has', async () => {
    const users = Array.from({ length: 8 }, (_, n) => aUser(n));
    const step = fc.record({ user: fc.nat(7), follow: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await running.start(aDirectoryFile(users, [aGroup(1, [idOf('user', 0), idOf('user', 1)])]), {
          delta: { linksPerPage: 2 },
        });
        const known = new Set<string>();
        const followOne = async (link: string | undefined): Promise<string | undefined> => {
          const { body } = await running.get(link);
          for (const member of body.value.flatMap((row) => row['members@delta'] ?? [])) {
            if (member['@removed']) known.delete(member.id);
            else known.add(member.id);
          }
          return body['@odata.nextLink'] ?? body['@odata.deltaLink'];
        };

        let link: string | undefined = '/groups/delta?$select=members';
        for (const { user, follow } of steps) {
          const id = idOf('user', user);
          if (running.emulator.directory.isMember(group, id))
            await running.call('DELETE', `/groups/${group}/members/${id}/$ref`);
          else await running.call('POST', `/groups/${group}/members/$ref`, memberRef(user));
          if (follow) link = await followOne(link);
        }
        for (let quiet = 0; quiet < 2; quiet += link?.includes('$deltatoken') ? 1 : 0) link = await followOne(link);

        expect([...known].sort()).toEqual([...running.emulator.directory.memberIds(group)].sort());
        await running.stop();
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
