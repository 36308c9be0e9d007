import { describe, expect, it } from '@jest/globals';
import { aDirectoryFile, aGroup, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator, type Body } from './running-emulator.ts';

const running = runningEmulator();
const [root, nested, deep] = [idOf('group', 1), idOf('group', 2), idOf('group', 3)];
const eventual = { consistencylevel: 'eventual' };
const ids = (body: Body): string[] => body.value.map(({ id }) => id).sort();

/** Group 1 holds user 1 and group 2, which holds user 2 and group 3, which holds user 3 and group 1 again. */
function aCycle(): ReturnType<typeof aDirectoryFile> {
  return aDirectoryFile(
    [aUser(1), aUser(2), aUser(3), aUser(4)],
    [
      aGroup(1, [idOf('user', 1), nested]),
      aGroup(2, [idOf('user', 2), deep]),
      aGroup(3, [idOf('user', 3), root], { displayName: 'Deepest' }),
    ],
  );
}

describe('GET /groups', () => {
  it('finds groups by name and by the start of it', async () => {
    await running.start(aCycle());

    const byName = await running.get("/groups?$filter=displayName eq 'deepest'");
    const byStart = await running.get("/groups?$filter=startswith(displayName,'Group')");

    expect(ids(byName.body)).toEqual([deep]);
    expect(ids(byStart.body)).toEqual([root, nested]);
  });

  it('cuts expanded members off at 20 without a word', async () => {
    const users = Array.from({ length: 25 }, (_, n) => aUser(n));
    await running.start(
      aDirectoryFile(users, [
        aGroup(
          1,
          users.map((user) => user.id),
        ),
      ]),
    );

    const { body } = await running.get(`/groups/${root}?$expand=members`);

    expect(body.members).toHaveLength(20);
  });
});

describe('members of a group', () => {
  it('lists direct members of both types with their type', async () => {
    await running.start(aCycle());

    const { body } = await running.get(`/groups/${root}/members`);

    expect(body.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.user', id: idOf('user', 1), userPrincipalName: 'user1@contoso.example' },
      { '@odata.type': '#microsoft.graph.group', id: nested, displayName: 'Group 2' },
    ]);
  });

  it('lists transitive members once each, through a cycle, without the group itself', async () => {
    await running.start(aCycle());

    const { body } = await running.get(`/groups/${root}/transitiveMembers?$select=id`);

    expect(ids(body)).toEqual([idOf('user', 1), idOf('user', 2), idOf('user', 3), nested, deep].sort());
  });

  it('casts to a type only for an advanced query, and then without @odata.type', async () => {
    await running.start(aCycle());
    const path = `/groups/${root}/transitiveMembers/microsoft.graph.user?$select=id,displayName`;

    const basic = await running.get(path);
    const withoutCount = await running.get(path, eventual);
    const advanced = await running.get(`${path}&$count=true`, eventual);

    expect([basic.status, withoutCount.status]).toEqual([400, 400]);
    expect(basic.body.error.code).toBe('Request_UnsupportedQuery');
    expect(advanced.body['@odata.count']).toBe(3);
    expect(advanced.body.value[0]).toEqual({ id: idOf('user', 1), displayName: 'User 1' });
  });

  it('counts as plain text, with the header only', async () => {
    await running.start(aCycle());

    const without = await running.get(`/groups/${root}/transitiveMembers/$count`);
    const counted = await running.get(`/groups/${root}/transitiveMembers/$count`, eventual);
    const users = await running.get(`/groups/${root}/members/microsoft.graph.user/$count`, eventual);

    expect(without.status).toBe(400);
    expect(counted.headers.get('content-type')).toMatch(/^text\/plain/);
    expect([counted.body, users.body]).toEqual(['5', '1']);
  });

  it('hides members in the recycle bin, and shows them again when restored', async () => {
    await running.start(aCycle());
    const user = idOf('user', 1);

    await running.call('DELETE', `/users/${user}`);
    const hidden = await running.get(`/groups/${root}/members`);
    const restored = await running.call('POST', `/directory/deletedItems/${user}/restore`);
    const shown = await running.get(`/groups/${root}/members`);

    expect([ids(hidden.body), restored.status]).toEqual([[nested], 200]);
    expect(ids(shown.body)).toEqual([user, nested]);
  });

  it('are added and removed one by one, and bound up to 20 at once', async () => {
    const users = Array.from({ length: 30 }, (_, n) => aUser(n));
    await running.start(aDirectoryFile(users, [aGroup(1)]));
    const reference = (n: number): string => `https://graph.microsoft.com/v1.0/directoryObjects/${idOf('user', n)}`;
    const bind = (count: number) => ({
      'members@odata.bind': Array.from({ length: count }, (_, n) => reference(n + 1)),
    });
    const link = `/groups/${root}/members`;

    const added = await running.call('POST', `${link}/$ref`, { '@odata.id': reference(0) });
    const again = await running.call('POST', `${link}/$ref`, { '@odata.id': reference(0) });
    const bound = await running.call('PATCH', `/groups/${root}`, bind(20));
    const tooMany = await running.call('PATCH', `/groups/${root}`, bind(21));
    const removed = await running.call('DELETE', `${link}/${idOf('user', 0)}/$ref`);
    const notThere = await running.call('DELETE', `${link}/${idOf('user', 0)}/$ref`);

    expect([added, again, bound, tooMany, removed, notThere].map(({ status }) => status)).toEqual([
      204, 400, 204, 400, 204, 404,
    ]);
    expect((await running.get(link)).body.value).toHaveLength(20);
  });

  it('cannot be groups in a Microsoft 365 group', async () => {
    await running.start(aDirectoryFile([aUser(1)], [aGroup(1, [], { groupTypes: ['Unified'] }), aGroup(2)]));

    const { status } = await running.call('POST', `/groups/${root}/members/$ref`, {
      '@odata.id': `https://x/groups/${nested}`,
    });
    const cast = await running.get(`/groups/${root}/members/microsoft.graph.group?$count=true`, eventual);

    expect([status, cast.status]).toEqual([400, 400]);
  });
});

describe('membership seen from the member', () => {
  it('is direct or transitive', async () => {
    await running.start(aCycle());
    const user = idOf('user', 2);

    const direct = await running.get(`/users/${user}/memberOf`);
    const transitive = await running.get(`/users/${user}/transitiveMemberOf`);

    expect([ids(direct.body), ids(transitive.body)]).toEqual([[nested], [root, nested, deep]]);
  });

  it('is checked against up to 20 groups', async () => {
    await running.start(aCycle());
    const check = (user: number, groupIds: string[]) =>
      running.call('POST', `/users/${idOf('user', user)}/checkMemberGroups`, { groupIds });

    expect((await check(3, [root])).body.value).toEqual([root]);
    expect((await check(4, [root])).body.value).toEqual([]);
    expect(
      (
        await check(
          4,
          Array.from({ length: 21 }, (_, n) => idOf('group', n)),
        )
      ).status,
    ).toBe(400);
  });

  it('is 404 for a user in the recycle bin, who still keeps it', async () => {
    await running.start(aCycle());
    const user = idOf('user', 3);

    await running.call('DELETE', `/users/${user}`);

    expect((await running.call('POST', `/users/${user}/checkMemberGroups`, { groupIds: [root] })).status).toBe(404);
    expect(running.emulator.directory.isMember(deep, user)).toBe(true);
  });
});

describe('POST /directoryObjects/getByIds', () => {
  it('returns what exists, of the wanted types', async () => {
    await running.start(aCycle());
    const wanted = [idOf('user', 1), root, idOf('user', 99)];

    const all = await running.call('POST', '/directoryObjects/getByIds', { ids: wanted });
    const users = await running.call('POST', '/directoryObjects/getByIds', { ids: wanted, types: ['user'] });
    const tooMany = await running.call('POST', '/directoryObjects/getByIds', {
      ids: Array.from({ length: 1001 }, (_, n) => idOf('user', n)),
    });

    expect([ids(all.body), ids(users.body)]).toEqual([[idOf('user', 1), root], [idOf('user', 1)]]);
    expect(tooMany.status).toBe(400);
  });
});
