import { afterEach, describe, expect, it } from '@jest/globals';
import { checkMemberGroups, getGroup } from '../../src/index.ts';
import { aClient, graphErrorOf, guid } from '../a-client.ts';
import { type Answer, type Arrived, graphError, type LocalGraph, startLocalGraph } from '../local-graph.ts';

const open: LocalGraph[] = [];
const graph = async (answer: (request: Arrived) => Answer) => {
  const started = await startLocalGraph(answer);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('checkMemberGroups', () => {
  it('asks for twenty groups at a time and joins the answers', async () => {
    const { origin, arrived } = await graph(({ body }) => ({
      body: { value: (body as { groupIds: string[] }).groupIds.filter((id) => /[05]$/.test(id)) },
    }));
    const groupIds = Array.from({ length: 25 }, (_, index) => guid(index));

    const found = await checkMemberGroups(aClient(origin), guid(99), groupIds);

    expect(found).toEqual([0, 5, 10, 15, 20].map(guid));
    expect(arrived.map(({ url }) => url)).toEqual(Array(2).fill(`/v1.0/users/${guid(99)}/checkMemberGroups`));
  });

  it('is not-found for a person whom Graph does not know', async () => {
    const { origin } = await graph(() => ({ status: 404, body: graphError('Request_ResourceNotFound') }));

    expect((await graphErrorOf(checkMemberGroups(aClient(origin), guid(1), [guid(2)]))).code).toBe('not-found');
  });

  it('is an error, and no "member of none", for an answer without a list', async () => {
    const { origin } = await graph(() => ({ body: {} }));

    expect((await graphErrorOf(checkMemberGroups(aClient(origin), guid(1), [guid(2)]))).code).toBe(
      'unexpected-response',
    );
  });
});

describe('getGroup', () => {
  it('gives id and name', async () => {
    const { origin } = await graph(() => ({ body: { id: guid(1), displayName: 'Learners', mail: 'x' } }));

    expect(await getGroup(aClient(origin), guid(1))).toEqual({
      id: guid(1),
      displayName: 'Learners',
      hidesMembers: false,
    });
  });

  it('is undefined only when Graph itself says that there is none', async () => {
    const missing = await graph(() => ({ status: 404, body: graphError('Request_ResourceNotFound') }));
    const proxy = await graph(() => ({ status: 404, body: '<html>' }));

    expect(await getGroup(aClient(missing.origin), guid(1))).toBeUndefined();
    expect((await graphErrorOf(getGroup(aClient(proxy.origin), guid(1)))).code).toBe('unexpected-response');
  });
});
