import { afterEach, describe, expect, it } from '@jest/globals';
import { listMembers } from '../../src/index.ts';
import { aClient, graphErrorOf } from '../a-client.ts';
import { type Answer, graphError, type LocalGraph, startLocalGraph, withBatches } from '../local-graph.ts';

const open: LocalGraph[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

type Pages = Record<string, Exclude<Answer, string>[]>;

/** Groups by id, each as the pages of its members. */
async function graphWith(groups: Pages) {
  const graph = await startLocalGraph(
    withBatches(({ url }, origin) => {
      const { pathname, searchParams } = new URL(url, origin);
      const id = pathname.split('/')[3] ?? '';
      const page = Number(searchParams.get('$skiptoken') ?? 0);
      const answer = groups[id]?.[page] ?? { status: 404, body: graphError('Request_ResourceNotFound') };
      const next = groups[id]?.[page + 1] && { '@odata.nextLink': `${origin}${pathname}?$skiptoken=${page + 1}` };
      return answer.status ? answer : { body: { ...(answer.body as object), ...next } };
    }),
  );
  open.push(graph);
  return graph;
}

const row = (kind: string, id: string) => ({ '@odata.type': `#microsoft.graph.${kind}`, id });
const page = (...value: unknown[]) => ({ body: { value } });

describe('listMembers', () => {
  it('reads users and groups of many groups, page by page', async () => {
    const { origin, arrived } = await graphWith({
      root: [page(row('user', 'u1'), row('group', 'nested')), page(), page(row('user', 'u2'))],
      nested: [page(row('user', 'u1'), row('group', 'root'))],
      empty: [page()],
    });

    const members = await listMembers(aClient(origin), ['root', 'nested', 'empty', 'root']);

    expect([...members.keys()].toSorted()).toEqual(['empty', 'nested', 'root']);
    expect(members.get('root')).toEqual({
      kind: 'members',
      members: [
        { kind: 'user', id: 'u1' },
        { kind: 'group', id: 'nested' },
        { kind: 'user', id: 'u2' },
      ],
      ignored: 0,
    });
    expect(members.get('empty')).toEqual({ kind: 'members', members: [], ignored: 0 });
    // One batch for the first pages of all, one for each further page of the only group that has one.
    expect(arrived).toHaveLength(3);
  });

  it('fills its batches with first and later pages of many groups alike', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `g${n}`);
    const groups: Pages = Object.fromEntries(
      ids.map((id) => [id, [page(row('user', `${id}-1`)), page(row('user', `${id}-2`))]]),
    );
    const { origin, arrived } = await graphWith(groups);

    const members = await listMembers(aClient(origin), ids);

    const read = [...members].map(([id, list]) => [id, list.kind === 'members' ? list.members.map((m) => m.id) : []]);
    expect(read.toSorted()).toEqual(ids.map((id) => [id, [`${id}-1`, `${id}-2`]]).toSorted());
    expect(arrived).toHaveLength(200 / 20);
  });

  it('asks for ids alone, in pages as large as Graph allows', async () => {
    const { origin, arrived } = await graphWith({ g: [page()] });

    await listMembers(aClient(origin), ['g']);

    expect(arrived[0]?.body).toMatchObject({
      requests: [{ url: '/groups/g/members?$select=id,displayName&$top=999' }],
    });
  });

  it('counts what is neither user nor group', async () => {
    const { origin } = await graphWith({ g: [page(row('device', 'd'), row('user', 'u'), row('orgContact', 'c'))] });

    const members = await listMembers(aClient(origin), ['g']);

    expect(members.get('g')).toEqual({ kind: 'members', members: [{ kind: 'user', id: 'u' }], ignored: 2 });
  });

  it('tells a group that does not exist from one that can not be read', async () => {
    const { origin } = await graphWith({
      hidden: [{ status: 403, body: graphError('Authorization_RequestDenied') }],
      fine: [page(row('user', 'u'))],
    });

    const members = await listMembers(aClient(origin), ['gone', 'hidden', 'fine']);

    expect(members.get('gone')).toEqual({ kind: 'not-found' });
    expect(members.get('hidden')).toMatchObject({ kind: 'error', error: { code: 'forbidden' } });
    expect(members.get('fine')).toMatchObject({ kind: 'members', members: [{ id: 'u' }] });
  });

  it.each<[string, Exclude<Answer, string>, string]>([
    ['fails', { status: 500, body: graphError('generalException') }, 'unavailable'],
    ['has no value', { body: { id: 'x' } }, 'unexpected-response'],
    ['has a member without a type', page({ id: 'u9' }), 'unexpected-response'],
    ['has a member without an id', page({ '@odata.type': '#microsoft.graph.user' }), 'unexpected-response'],
  ])('has an error, never a short list, for a group whose second page %s', async (_name, second, code) => {
    const { origin } = await graphWith({ g: [page(row('user', 'u1')), second], h: [page(row('user', 'u2'))] });

    const members = await listMembers(aClient(origin), ['g', 'h']);

    expect(members.get('g')).toMatchObject({ kind: 'error', error: { code } });
    expect(members.get('h')).toMatchObject({ kind: 'members' });
  });

  it('keeps an error in the middle when a later page is fine again', async () => {
    const { origin } = await graphWith({
      g: [page(row('user', 'a')), page({ id: 'typeless' }), page(row('user', 'b'))],
    });

    const members = await listMembers(aClient(origin), ['g']);

    expect(members.get('g')?.kind).toBe('error');
  });

  it('is an error when Graph as a whole refuses', async () => {
    const graph = await startLocalGraph(() => ({ status: 401, body: graphError('InvalidAuthenticationToken') }));
    open.push(graph);

    expect((await graphErrorOf(listMembers(aClient(graph.origin), ['g']))).code).toBe('unauthenticated');
  });
});
