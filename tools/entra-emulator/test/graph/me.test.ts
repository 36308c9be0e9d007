import { describe, expect, it } from '@jest/globals';
import { portrait } from '../../src/generate/portrait.ts';
import type { DirectoryFile } from '../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator, type Answer } from './running-emulator.ts';
import { tokenOf, withScopes } from './signed-in.ts';

const running = runningEmulator();
const [ada, boss, guest, root, keeper] = [1, 2, 3, 4, 5].map((n) => idOf('user', n)) as [
  string,
  string,
  string,
  string,
  string,
];
const [owned, foreign] = [idOf('group', 1), idOf('group', 2)];

/**
 * User 1 is nobody special, user 2 her manager and an administrator of people, user 3 a guest, user 4 administers
 * everything, user 5 groups. User 1 owns group 1.
 */
function company(): DirectoryFile {
  return {
    ...aDirectoryFile(
      [aUser(1, { manager: { id: boss } }), aUser(2), aUser(3, { userType: 'Guest' }), aUser(4), aUser(5)],
      [
        aGroup(1, [ada, boss], { owners: [{ '@odata.type': '#microsoft.graph.user', id: ada }] }),
        aGroup(2, [boss], { owners: [{ '@odata.type': '#microsoft.graph.user', id: boss }] }),
      ],
    ),
    directoryRoles: [
      { displayName: 'User Administrator', members: [{ id: boss }] },
      { displayName: 'Global Administrator', members: [{ id: root }] },
      { displayName: 'Groups Administrator', members: [{ id: keeper }] },
    ],
  };
}

type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Starts the company and signs somebody in. */
async function signedIn(n: number, ...scopes: string[]): Promise<Ask> {
  await running.start(withScopes(company(), ...scopes));
  const token = await tokenOf(running, `User ${n}`, ...scopes);
  return (method, path, body, headers = {}) =>
    running.call(method, path, body, { ...headers, authorization: `Bearer ${token}` });
}

describe('/me', () => {
  it('is the person who is signed in', async () => {
    const ask = await signedIn(1, 'User.Read');

    const me = await ask('GET', '/me?$select=id,displayName');
    const byId = await ask('GET', `/users/${ada}`);

    expect([me.status, me.body.id, me.body['displayName']]).toEqual([200, ada, 'User 1']);
    expect(me.body['@odata.context']).toMatch(/#users\(id,displayName\)\/\$entity$/);
    expect(byId.status).toBe(200);
  });

  it('is nobody for an application by itself', async () => {
    await running.start(company());

    const { status, body } = await running.get('/me');

    expect([status, body.error.code, body.error.message]).toEqual([
      400,
      'BadRequest',
      '/me request is only valid with delegated authentication flow.',
    ]);
  });

  it.each([
    ['/me/memberOf', 200],
    ['/me/transitiveMemberOf', 200],
    ['/me/directReports', 200],
    ['/me/ownedObjects', 200],
    ['/me/photos', 200],
    ['/organization', 200],
    ['/me/manager', 403],
    ['/users', 403],
    [`/users/${boss}`, 403],
    ['/groups', 403],
  ])('with User.Read alone: GET %s is %i', async (path, expected) => {
    const ask = await signedIn(1, 'User.Read');

    expect((await ask('GET', path)).status).toBe(expected);
  });

  it('shows groups by type and id only where nothing opens groups', async () => {
    const ask = await signedIn(1, 'User.Read');

    const { body } = await ask('GET', '/me/memberOf?$select=id,displayName');

    expect(body.value).toEqual([{ '@odata.type': '#microsoft.graph.group', id: owned, displayName: null }]);
  });

  it('shows the manager, and other people, with User.Read.All', async () => {
    const ask = await signedIn(1, 'User.Read.All');

    const manager = await ask('GET', '/me/manager');
    const list = await ask('GET', '/users?$select=id');

    expect([manager.status, manager.body.id]).toEqual([200, boss]);
    expect(list.body.value).toHaveLength(5);
  });

  it('checks and gets the groups of the person', async () => {
    const ask = await signedIn(1, 'User.Read');

    const checked = await ask('POST', '/me/checkMemberGroups', { groupIds: [owned, foreign] });
    const got = await ask('POST', '/me/getMemberGroups', { securityEnabledOnly: false });

    expect([checked.body.value, got.body.value]).toEqual([[owned], [owned]]);
  });

  it('pages by links of its own', async () => {
    const ask = await signedIn(2, 'User.Read');

    const first = await ask('GET', '/me/memberOf?$top=1');
    const second = await ask('GET', first.body['@odata.nextLink'] ?? '');

    expect(first.body['@odata.nextLink']).toContain('/v1.0/me/memberOf?');
    expect(second.body.value).toHaveLength(1);
  });
});

describe('writing as a person', () => {
  it('changes what is their own, and nothing that others decide', async () => {
    const ask = await signedIn(1, 'User.ReadWrite');

    const phone = await ask('PATCH', '/me', { mobilePhone: '+46 1' });
    const photo = await ask('PUT', '/me/photo/$value', portrait(1), { 'content-type': 'image/png' });
    const name = await ask('PATCH', '/me', { displayName: 'Queen' });
    const other = await ask('PATCH', `/users/${boss}`, { mobilePhone: '+46 1' });

    expect([phone.status, photo.status, name.status, other.status]).toEqual([204, 200, 403, 403]);
  });

  it('takes an administrator for others, whatever the application may do', async () => {
    const change = { department: 'Engines' };

    const asAda = await signedIn(1, 'User.ReadWrite.All');
    const denied = await asAda('PATCH', `/users/${guest}`, change);
    await running.stop();
    const asBoss = await signedIn(2, 'User.ReadWrite.All');
    const done = await asBoss('PATCH', `/users/${guest}`, change);

    expect([denied.status, denied.body.error.code, done.status]).toEqual([403, 'Authorization_RequestDenied', 204]);
  });

  it.each([
    ['a User Administrator', 2, 'a Global Administrator', 4, 403],
    ['a User Administrator', 2, 'a person without a role', 1, 204],
    ['a Global Administrator', 4, 'a User Administrator', 2, 204],
    ['a Groups Administrator', 5, 'a person without a role', 1, 403],
  ])('as %s (%i), disabling %s (%i) is %i', async (_who, who, _whom, whom, status) => {
    const ask = await signedIn(who, 'User.ReadWrite.All');

    const disabled = await ask('PATCH', `/users/${idOf('user', whom)}`, { accountEnabled: false });

    expect(disabled.status).toBe(status);
  });

  it('lets people change the groups that they own', async () => {
    const ask = await signedIn(1, 'Group.ReadWrite.All');

    const own = await ask('PATCH', `/groups/${owned}`, { description: 'ours' });
    const others = await ask('PATCH', `/groups/${foreign}`, { description: 'ours' });

    expect([own.status, others.status]).toEqual([204, 403]);
  });

  it('makes who creates a group its owner', async () => {
    const ask = await signedIn(1, 'Group.ReadWrite.All');
    const group = { displayName: 'Crew', mailEnabled: false, mailNickname: 'crew', securityEnabled: true };

    const { body } = await ask('POST', '/groups', group);
    const owners = await ask('GET', `/groups/${body.id}/owners?$select=id`);

    expect(owners.body.value.map(({ id }) => id)).toEqual([ada]);
  });

  it('ends the sessions of the person', async () => {
    const ask = await signedIn(1, 'User.ReadWrite.All');

    const { status, body } = await ask('POST', '/me/revokeSignInSessions');

    expect([status, body.value]).toEqual([200, true]);
  });
});

describe('a guest who is signed in', () => {
  it('finds themselves and may not list the others', async () => {
    const ask = await signedIn(3, 'User.Read.All');

    const me = await ask('GET', '/me');
    const list = await ask('GET', '/users');

    expect([me.status, list.status]).toEqual([200, 403]);
  });
});
