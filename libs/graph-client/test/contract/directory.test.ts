import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batch,
  checkMemberGroups,
  countMembers,
  countUsers,
  deltaRound,
  getGroup,
  groupNames,
  latestDeltaLink,
  listMembers,
  readPeople,
  readPerson,
  readPhotos,
} from '../../src/index.ts';
import { all, graphErrorOf, guid } from '../a-client.ts';
import { instantClock } from '../instant-clock.ts';
import { type LocalMicrosoft, startLocalMicrosoft } from './local-microsoft.ts';

let microsoft: LocalMicrosoft;
beforeAll(async () => {
  microsoft = await startLocalMicrosoft();
}, 60_000);
afterEach(() => {
  microsoft.faults.beforeRequest = undefined;
});
afterAll(() => microsoft.emulator.stop());

const select = ['displayName', 'userPrincipalName', 'department', 'accountEnabled'];
const rootId = () => microsoft.file.rootGroupId ?? '';
const ids = () => microsoft.file.users.map(({ id }) => id);

/** What the directory file says, without any of our code. */
function membersInFile(groupId: string) {
  const group = microsoft.file.groups.find(({ id }) => id === groupId);
  return (group?.members ?? []).map(({ id }) => id).toSorted();
}

describe('listMembers', () => {
  it('finds the members of every group as the directory file has them', async () => {
    const groupIds = microsoft.file.groups.map(({ id }) => id);

    const members = await listMembers(microsoft.client('reader'), [...groupIds, guid(1)]);

    const found = groupIds.map((id) => {
      const result = members.get(id);
      return result?.kind === 'members' ? result.members.map((member) => member.id).toSorted() : result;
    });
    expect(found).toEqual(groupIds.map(membersInFile));
    expect(members.get(guid(1))).toEqual({ kind: 'not-found' });
  });

  it('finds them all the same when Graph throttles some and gives empty pages', async () => {
    const client = microsoft.client('reader', { clock: instantClock() });
    microsoft.faults.beforeRequest = ({ template, count }) => {
      if (template !== 'GET /groups/{id}/members' && !template.startsWith('GET /groups/{')) return undefined;
      return count % 3 === 0 ? { status: 429, retryAfter: 0.01 } : count % 3 === 1 ? { emptyPage: true } : undefined;
    };

    const members = await listMembers(
      client,
      microsoft.file.groups.map(({ id }) => id),
    );

    for (const { id } of microsoft.file.groups) {
      const result = members.get(id);
      expect(result?.kind === 'members' && result.members.map((member) => member.id).toSorted()).toEqual(
        membersInFile(id),
      );
    }
  });
});

describe('readPeople', () => {
  it('reads everybody and their managers with two HTTP requests', async () => {
    const client = microsoft.client('reader');

    const reads = await all(readPeople(client, [...ids(), guid(1)], { select }));

    const managers = new Map(reads.map((read) => [read.id, read.kind === 'found' ? read.person.managerId : read.kind]));
    expect(managers.size).toBe(401);
    for (const { id, manager } of microsoft.file.users) expect(managers.get(id)).toBe(manager?.id ?? null);
    expect(managers.get(guid(1))).toBe('missing');
    expect(client.requests).toMatchObject({ http: 2, batchMembers: 27 });
  });

  it('gives the properties that were selected', async () => {
    const [user] = microsoft.file.users;

    const [read] = await all(readPeople(microsoft.client('reader'), [user?.id ?? ''], { select }));

    expect(read).toMatchObject({
      kind: 'found',
      person: { properties: { displayName: user?.displayName, userPrincipalName: user?.userPrincipalName } },
    });
  });

  it('fails for each person when the permission is missing, and blanks nobody', async () => {
    const reads = await all(readPeople(microsoft.client('outsider'), ids().slice(0, 20), { select }));

    expect(reads).toHaveLength(20);
    expect(reads.every((read) => read.kind === 'failed' && read.error.code === 'forbidden')).toBe(true);
  });
});

describe('single reads', () => {
  it('tell who is there from who is not', async () => {
    const client = microsoft.client('reader');

    expect((await readPerson(client, ids()[5] ?? '', { select })).kind).toBe('found');
    expect((await readPerson(client, guid(1), { select })).kind).toBe('missing');
    expect(await getGroup(client, rootId())).toEqual({
      id: rootId(),
      displayName: 'Learn Amp Users',
      hidesMembers: false,
    });
    expect(await getGroup(client, guid(1))).toBeUndefined();
  });

  it('prove a nested membership, and that there is none', async () => {
    const client = microsoft.client('reader');
    const { groups } = microsoft.file;
    const nested = groups.find(({ id }) => id !== rootId() && membersInFile(rootId()).includes(id));
    const person = nested?.members?.find((member) => member['@odata.type'] === '#microsoft.graph.user')?.id ?? '';
    const outside = groups.find(({ displayName }) => displayName === 'Outside Learn Amp');

    expect(await checkMemberGroups(client, person, [rootId(), nested?.id ?? '', outside?.id ?? ''])).toEqual([
      rootId(),
      nested?.id,
    ]);
    expect((await graphErrorOf(checkMemberGroups(client, guid(1), [rootId()]))).code).toBe('not-found');
  });
});

describe('counts and names', () => {
  it('are those of the directory file, twenty groups with a request, and none of a group that is not there', async () => {
    const client = microsoft.client('reader');
    const groups = microsoft.file.groups.slice(0, 19);
    const groupIds = [...groups.map(({ id }) => id), guid(1)];

    const counts = await countMembers(client, groupIds);
    const names = await groupNames(client, groupIds);

    expect(counts).toEqual(new Map(groups.map(({ id }) => [id, membersInFile(id).length])));
    expect(names).toEqual(new Map(groups.map(({ id, displayName }) => [id, displayName])));
    expect(client.requests.http).toBe(2);
    expect(await countUsers(client)).toBe(microsoft.file.users.length);
  });
});

describe('readPhotos', () => {
  it('reads the photos there are, and no bytes the second time', async () => {
    const client = microsoft.client('reader');

    const first = await all(
      readPhotos(
        client,
        ids().map((id) => ({ id })),
      ),
    );
    const photos = first.flatMap((read) => (read.kind === 'photo' ? [read] : []));
    const again = await all(readPhotos(client, photos));

    const withPhoto = microsoft.file.users.filter(({ photo }) => photo !== undefined);
    expect(photos.map(({ id }) => id).toSorted()).toEqual(withPhoto.map(({ id }) => id).toSorted());
    for (const { id, photo } of withPhoto)
      expect(photos.find((read) => read.id === id)?.bytes.toString('base64')).toBe(photo);
    expect(first.filter(({ kind }) => kind === 'none')).toHaveLength(400 - withPhoto.length);
    expect(again.map(({ kind }) => kind)).toEqual(photos.map(() => 'unchanged'));
  });
});

describe('delta', () => {
  it('gives what changed since the link was made, and a link that gives nothing more', async () => {
    const [reader, writer] = [microsoft.client('reader'), microsoft.client('writer')];
    const [renamed, joined, left] = [
      ids()[10] ?? '',
      ids()[11] ?? '',
      membersInFile(rootId()).find((id) => ids().includes(id)) ?? '',
    ];
    const users = await latestDeltaLink(reader, 'users', { select: ['displayName', 'manager'] });
    const groups = await latestDeltaLink(reader, 'groups', { select: ['members'], ids: [rootId()] });
    const untouched = await latestDeltaLink(reader, 'users', { select: ['displayName'], ids: [joined] });

    await writer.request({ method: 'PATCH', url: `/users/${renamed}`, body: { displayName: 'Somebody Else' } });
    if (!membersInFile(rootId()).includes(joined)) {
      const link = { '@odata.id': `${microsoft.emulator.graphBaseUrl}/v1.0/directoryObjects/${joined}` };
      await writer.request({ method: 'POST', url: `/groups/${rootId()}/members/$ref`, body: link });
    }
    await writer.request({ method: 'DELETE', url: `/groups/${rootId()}/members/${left}/$ref` });

    const userPages = await all(deltaRound(reader, users, 'users'));
    const groupPages = await all(deltaRound(reader, groups, 'groups'));
    expect(userPages.flatMap(({ rows }) => rows)).toEqual([{ id: renamed }]);
    expect(groupPages.flatMap(({ rows }) => rows.flatMap((row) => row.members ?? []))).toEqual(
      expect.arrayContaining([
        { id: joined, kind: 'user', removed: false },
        { id: left, kind: 'user', removed: true },
      ]),
    );
    expect((await all(deltaRound(reader, untouched, 'users'))).flatMap(({ rows }) => rows)).toEqual([]);
    const next = userPages.at(-1)?.deltaLink ?? '';
    expect((await all(deltaRound(reader, next, 'users'))).flatMap(({ rows }) => rows)).toEqual([]);
  });

  it('of a few people tells of them alone: what changed, a new manager, a deletion, and that they are back', async () => {
    const [reader, writer] = [microsoft.client('reader'), microsoft.client('writer')];
    const [changed, reporting, deleted, stranger] = ids().slice(20, 24) as [string, string, string, string];
    const select = ['jobTitle', 'manager'];
    let link = await latestDeltaLink(reader, 'users', { select, ids: [changed, reporting, deleted] });
    const round = async () => {
      const pages = await all(deltaRound(reader, link, 'users'));
      link = pages.at(-1)?.deltaLink ?? '';
      return pages.flatMap(({ rows }) => rows).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    };
    const manager = { '@odata.id': `${microsoft.emulator.graphBaseUrl}/v1.0/users/${stranger}` };

    await writer.request({ method: 'PATCH', url: `/users/${changed}`, body: { jobTitle: 'Another' } });
    await writer.request({ method: 'PATCH', url: `/users/${stranger}`, body: { jobTitle: 'Another' } });
    await batch(writer, [{ method: 'PUT' as 'PATCH', url: `/users/${reporting}/manager/$ref`, body: manager }]);
    await writer.request({ method: 'DELETE', url: `/users/${deleted}` });
    expect(await round()).toEqual(
      [{ id: changed }, { id: reporting }, { id: deleted, removed: 'changed' }].toSorted((one, other) =>
        one.id < other.id ? -1 : 1,
      ),
    );

    await writer.request({ method: 'POST', url: `/directory/deletedItems/${deleted}/restore`, body: {} });
    expect(await round()).toEqual([{ id: deleted }]);
  });

  it('says that a link is no longer known', async () => {
    const client = microsoft.client('reader');
    const link = `${microsoft.emulator.graphBaseUrl}/v1.0/users/delta?$deltatoken=long-gone`;

    expect((await graphErrorOf(all(deltaRound(client, link, 'users')))).code).toBe('delta-token-expired');
  });

  it('says that Graph reset the round, and does not start it over by itself', async () => {
    const client = microsoft.client('reader');
    const link = await latestDeltaLink(client, 'groups', { select: ['members'] });
    microsoft.faults.beforeRequest = () => ({ status: 410, code: 'resyncRequired' });
    const before = client.requests.http;

    expect((await graphErrorOf(all(deltaRound(client, link, 'groups')))).code).toBe('delta-token-expired');
    expect(client.requests.http).toBe(before + 1);
  });
});
