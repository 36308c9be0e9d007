import { afterEach, describe, expect, it } from '@jest/globals';
import { type DeltaQuery, deltaRound, deltaRounds, latestDeltaLink } from '../../src/index.ts';
import { aClient, all, graphErrorOf, guid } from '../a-client.ts';
import {
  type Answer,
  type Arrived,
  graphError,
  type LocalGraph,
  startLocalGraph,
  withBatches,
} from '../local-graph.ts';

const open: LocalGraph[] = [];
const graph = async (answer: (request: Arrived, origin: string) => Answer) => {
  const started = await startLocalGraph(answer);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const user = { '@odata.type': '#microsoft.graph.user' };

describe('deltaRound', () => {
  it('gives the users that changed, and where the next round begins', async () => {
    const { origin } = await graph(({ url }, self) =>
      url.includes('$skiptoken')
        ? { body: { value: [{ id: 'c', '@removed': { reason: 'changed' } }], '@odata.deltaLink': `${self}/v1.0/x` } }
        : {
            body: {
              value: [
                { id: 'a', displayName: 'A' },
                { id: 'b', '@removed': { reason: 'deleted' } },
              ],
              '@odata.nextLink': `${self}/v1.0/users/delta?$skiptoken=2`,
            },
          },
    );

    const round = await all(deltaRound(aClient(origin), `${origin}/v1.0/users/delta?$deltatoken=1`, 'users'));

    expect(round).toEqual([
      { rows: [{ id: 'a' }, { id: 'b', removed: 'deleted' }] },
      { rows: [{ id: 'c', removed: 'changed' }], deltaLink: `${origin}/v1.0/x` },
    ]);
  });

  it('gives the members that came and went, and tells no change from none', async () => {
    const members = [
      { ...user, id: 'came' },
      { ...user, id: 'went', '@removed': { reason: 'deleted' } },
      { '@odata.type': '#microsoft.graph.group', id: 'nested' },
      { '@odata.type': '#microsoft.graph.device', id: 'device' },
      { id: 'typeless', '@removed': 'deleted' },
    ];
    const { origin } = await graph((_request, self) => ({
      body: {
        value: [
          { id: 'g', 'members@delta': members },
          { id: 'h', displayName: 'renamed' },
        ],
        '@odata.deltaLink': `${self}/v1.0/x`,
      },
    }));

    const [page] = await all(deltaRound(aClient(origin), `${origin}/v1.0/groups/delta?$deltatoken=1`, 'groups'));

    expect(page?.rows).toEqual([
      {
        id: 'g',
        members: [
          { id: 'came', kind: 'user', removed: false },
          { id: 'went', kind: 'user', removed: true },
          { id: 'nested', kind: 'group', removed: false },
          { id: 'device', removed: false },
          { id: 'typeless', removed: true },
        ],
      },
      { id: 'h', displayName: 'renamed' },
    ]);
  });

  it.each<[string, Answer]>([
    ['400 syncStateNotFound', { status: 400, body: graphError('syncStateNotFound') }],
    ['400 SyncStateNotFound', { status: 400, body: graphError('SyncStateNotFound') }],
    ['410 resyncRequired', { status: 410, body: graphError('resyncRequired') }],
    ['410 without a body', { status: 410 }],
  ])('is delta-token-expired for %s', async (_name, answer) => {
    const { origin } = await graph(() => answer);

    const error = await graphErrorOf(
      all(deltaRound(aClient(origin), `${origin}/v1.0/users/delta?$deltatoken=1`, 'users')),
    );

    expect(error).toMatchObject({ code: 'delta-token-expired', retriable: false });
  });

  it('does not follow the Location of a reset', async () => {
    const { origin, arrived } = await graph((_request, self) => ({
      status: 410,
      headers: { location: `${self}/v1.0/users/delta?$deltatoken=` },
      body: graphError('resyncRequired'),
    }));

    await graphErrorOf(all(deltaRound(aClient(origin), `${origin}/v1.0/users/delta?$deltatoken=1`, 'users')));

    expect(arrived).toHaveLength(1);
  });

  it('may be tried again when its pages expired', async () => {
    const { origin } = await graph(() => ({ status: 400, body: graphError('Directory_ExpiredPageToken') }));

    const error = await graphErrorOf(
      all(deltaRound(aClient(origin), `${origin}/v1.0/users/delta?$skiptoken=1`, 'users')),
    );

    expect(error).toMatchObject({ code: 'page-token-expired', retriable: true });
  });

  it.each<[string, unknown]>([
    ['without a link to the next round', { value: [] }],
    ['with a row without an id', { value: [{ displayName: 'A' }], '@odata.deltaLink': 'x' }],
    ['with members that are no list', { value: [{ id: 'g', 'members@delta': {} }], '@odata.deltaLink': 'x' }],
  ])('is an error when it ends %s', async (_name, body) => {
    const { origin } = await graph(() => ({ body }));

    const error = await graphErrorOf(
      all(deltaRound(aClient(origin), `${origin}/v1.0/groups/delta?$deltatoken=1`, 'groups')),
    );

    expect(error.code).toBe('unexpected-response');
  });
});

describe('deltaRounds', () => {
  const query = (kind: DeltaQuery['kind'], link: string): DeltaQuery => ({ kind, link: `/${kind}/delta?${link}` });
  const next = (self: string, link: string) => `${self}/v1.0${link}`;

  it('follows each link to its end, twenty of them with one request', async () => {
    const { origin, arrived } = await graph(
      withBatches(({ url }, self) => {
        const [, kind, at] = /^\/v1\.0\/(\w+)\/delta\?(.*)$/.exec(url) ?? [];
        if (kind === 'users' && at === '0')
          return { body: { value: [{ id: 'u' }], '@odata.nextLink': next(self, '/users/delta?more') } };
        const value = kind === 'users' ? [{ id: 'v' }] : [{ id: `g${at}`, 'members@delta': [{ ...user, id: 'm' }] }];
        return { body: { value, '@odata.deltaLink': next(self, `/${kind}/delta?after-${at}`) } };
      }),
    );
    const groups = Array.from({ length: 24 }, (_, index) => query('groups', `${index + 1}`));

    const pages = await all(deltaRounds(aClient(origin), [query('users', '0'), ...groups]));

    const users = pages.filter((page) => page.kind === 'users');
    expect(users).toEqual([
      { index: 0, kind: 'users', rows: [{ id: 'u' }] },
      { index: 0, kind: 'users', rows: [{ id: 'v' }], deltaLink: next(origin, '/users/delta?after-more') },
    ]);
    const links = pages.filter((page) => page.kind === 'groups').map(({ index, deltaLink }) => [index, deltaLink]);
    expect(links).toEqual(groups.map((_, index) => [index + 1, next(origin, `/groups/delta?after-${index + 1}`)]));
    expect(arrived).toHaveLength(3);
  });

  it.each([
    ['delta-token-expired', { status: 400, body: graphError('syncStateNotFound') }],
    ['forbidden', { status: 403, body: graphError('Authorization_RequestDenied') }],
    ['unexpected-response', { body: { value: [] } }],
  ])('is %s when one of them is', async (code, answer) => {
    const { origin } = await graph(
      withBatches(({ url }, self) =>
        url.includes('/groups/') ? answer : { body: { value: [], '@odata.deltaLink': next(self, '/x') } },
      ),
    );

    const error = await graphErrorOf(all(deltaRounds(aClient(origin), [query('users', '0'), query('groups', '1')])));

    expect(error.code).toBe(code);
  });

  it('sends nothing where there are no links', async () => {
    const { origin, arrived } = await graph(() => ({}));

    expect(await all(deltaRounds(aClient(origin), []))).toEqual([]);
    expect(arrived).toEqual([]);
  });
});

describe('latestDeltaLink', () => {
  it('asks for a link from now on, for some objects', async () => {
    const { origin, arrived } = await graph((_request, self) => ({
      body: { value: [], '@odata.deltaLink': `${self}/v1.0/groups/delta?$deltatoken=now` },
    }));

    const link = await latestDeltaLink(aClient(origin), 'groups', {
      select: ['displayName', 'members'],
      ids: [guid(1), guid(2)],
    });

    expect(link).toBe(`${origin}/v1.0/groups/delta?$deltatoken=now`);
    const { pathname, searchParams } = new URL(arrived[0]?.url ?? '', origin);
    expect(pathname).toBe('/v1.0/groups/delta');
    expect(Object.fromEntries(searchParams)).toEqual({
      $deltatoken: 'latest',
      $select: 'displayName,members',
      $filter: `id eq '${guid(1)}' or id eq '${guid(2)}'`,
    });
  });

  it('asks for all objects without a filter, over as many pages as Graph makes', async () => {
    const { origin, arrived } = await graph(({ url }, self) =>
      url.includes('skiptoken')
        ? { body: { value: [], '@odata.deltaLink': `${self}/v1.0/latest` } }
        : { body: { value: [], '@odata.nextLink': `${self}/v1.0/users/delta?$skiptoken=2` } },
    );

    expect(await latestDeltaLink(aClient(origin), 'users', { select: ['id'] })).toBe(`${origin}/v1.0/latest`);
    expect(arrived[0]?.url).toBe('/v1.0/users/delta?$deltatoken=latest&$select=id');
  });

  it.each([0, 51])('refuses %d ids', async (count) => {
    const { origin, arrived } = await graph(() => ({ body: {} }));
    const ids = Array.from({ length: count }, (_, index) => guid(index));

    await expect(latestDeltaLink(aClient(origin), 'users', { select: ['id'], ids })).rejects.toThrow(RangeError);
    expect(arrived).toEqual([]);
  });
});
