import { describe, expect, it } from '@jest/globals';
import { portrait } from '../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';
import { runningEmulator, type Body } from '../graph/running-emulator.ts';
import { receivers } from '../notifications/receiver.ts';

const running = runningEmulator();
const open = receivers(() => running.certificateDirectory);
const [one, two, team] = [idOf('user', 1), idOf('user', 2), idOf('group', 1)];

const take = () => running.emulator.control.run({ do: 'snapshot', name: 'before' });
const restore = () => running.emulator.control.run({ do: 'restore', name: 'before' });

async function start() {
  await running.start(
    aDirectoryFile([aUser(1, { manager: { id: two } }), aUser(2, { jobTitle: 'Pilot' })], [aGroup(1, [one])]),
  );
}

/** Everything that a reader of the directory can see of these three. */
async function seen() {
  const of = async (path: string) => (await running.get(path)).body as unknown;
  return {
    users: await of('/users?$select=id,displayName,jobTitle,accountEnabled'),
    groups: await of('/groups'),
    members: await of(`/groups/${team}/members?$select=id`),
    manager: await of(`/users/${one}/manager?$select=id`),
    deleted: await of('/directory/deletedItems/microsoft.graph.user?$select=id'),
  };
}

/** The state that somebody holds who follows a delta link. */
async function follow(link: string | undefined, known: Map<string, unknown>): Promise<string> {
  const { body } = await running.get(link);
  for (const { id, ...row } of body.value) {
    if (row['@removed']) known.delete(id);
    else known.set(id, row.displayName);
  }
  const next = body['@odata.nextLink'];
  return next === undefined ? (body['@odata.deltaLink'] ?? '') : follow(next, known);
}

describe('snapshots', () => {
  it('bring back whatever was written since: properties, links, the recycle bin, what is gone for good', async () => {
    await start();
    const before = await seen();
    await take();

    await running.call('PATCH', `/users/${two}`, { jobTitle: 'Captain' });
    await running.call('DELETE', `/users/${one}/manager/$ref`);
    await running.call('DELETE', `/groups/${team}/members/${one}/$ref`);
    await running.call('DELETE', `/users/${one}`);
    await running.call('DELETE', `/directory/deletedItems/${one}`);
    await running.call('DELETE', `/groups/${team}`);
    await running.call('POST', '/groups', {
      displayName: 'New',
      mailEnabled: false,
      mailNickname: 'new',
      securityEnabled: true,
    });
    expect(await seen()).not.toEqual(before);

    await restore();

    expect(await seen()).toEqual(before);
  });

  it('bring back photos and consents', async () => {
    await start();
    const appId = running.emulator.applications[0]?.appId ?? '';
    await running.call('PUT', `/users/${one}/photo/$value`, portrait(1), { 'content-type': 'image/png' });
    await take();

    await running.call('DELETE', `/users/${one}/photo/$value`);
    await running.emulator.control.run({ do: 'revoke-consent', appId });
    await restore();
    await running.renewToken();

    expect((await running.get(`/users/${one}/photo`)).status).toBe(200);
  });

  it('leave every delta link good, older and newer than themselves', async () => {
    await start();
    const older = new Map<string, unknown>();
    const olderLink = await follow('/users/delta?$select=displayName', older);
    await take();
    await running.call('PATCH', `/users/${two}`, { displayName: 'Renamed' });
    await running.call('DELETE', `/users/${one}`);
    const newer = new Map<string, unknown>();
    const newerLink = await follow('/users/delta?$select=displayName', newer);
    expect(newer).toEqual(new Map([[two, 'Renamed']]));

    await restore();
    await follow(olderLink, older);
    await follow(newerLink, newer);

    const fresh = new Map([
      [one, 'User 1'],
      [two, 'User 2'],
    ]);
    expect(older).toEqual(fresh);
    expect(newer).toEqual(fresh);
  });

  it('tell the subscriptions of their time of what changes back, and end those that came after', async () => {
    await start();
    const receiver = await open();
    const subscribe = (resource: string) =>
      running.call('POST', '/subscriptions', {
        changeType: 'updated',
        resource,
        notificationUrl: receiver.url,
        clientState: 'a secret',
        expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
      });
    const { control } = running.emulator;
    await control.run({ do: 'freeze-clock' });
    const users = await subscribe('users');
    await take();
    await subscribe('groups');
    await running.call('PATCH', `/users/${two}`, { jobTitle: 'Captain' });
    await running.call('DELETE', `/groups/${team}/members/${one}/$ref`);
    await control.run({ do: 'advance-clock', ms: 1000 });
    const before = receiver.notifications().length;

    await restore();
    await control.run({ do: 'advance-clock', ms: 1000 });

    expect(receiver.notifications().slice(before)).toMatchObject([{ changeType: 'updated', resource: `Users/${two}` }]);
    expect(running.emulator.notifications.subscriptions().map(({ id }) => id)).toEqual([users.body.id]);
  });

  it('change nothing when nothing was written', async () => {
    await start();
    await take();
    const link = await follow('/groups/delta', new Map());

    await restore();

    const { body } = await running.get(link);
    expect((body as Pick<Body, 'value'>).value).toEqual([]);
  });
});
