import { afterEach, describe, expect, it } from '@jest/globals';
import { collect, pages } from '../../src/index.ts';
import { aClient, all, graphErrorOf } from '../a-client.ts';
import { type Answer, type LocalGraph, startLocalGraph } from '../local-graph.ts';

const open: LocalGraph[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A collection of three pages, the second of them empty; `last` is what the third one answers. */
async function collection(last: Answer) {
  const graph = await startLocalGraph(({ url }, origin) => {
    const link = (page: number) => `${origin}/v1.0/users?z=1&$skiptoken=${page}`;
    if (url.endsWith('=2')) return { body: { value: [], '@odata.nextLink': link(3) } };
    if (url.endsWith('=3')) return last;
    return { body: { value: [{ id: 'a' }, { id: 'b' }], '@odata.nextLink': link(2) } };
  });
  open.push(graph);
  return graph;
}

describe('pages', () => {
  it('follow every link, past an empty page', async () => {
    const { origin, arrived } = await collection({ body: { value: [{ id: 'c' }] } });

    const rows = await collect(aClient(origin), '/users?$select=id');

    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(arrived.map(({ url }) => url)).toEqual([
      '/v1.0/users?$select=id',
      '/v1.0/users?z=1&$skiptoken=2',
      '/v1.0/users?z=1&$skiptoken=3',
    ]);
  });

  it.each<[string, Answer, string]>([
    ['an error', { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }, 'forbidden'],
    ['an object without value', { body: { id: 'x' } }, 'unexpected-response'],
    ['a value that is no list', { body: { value: { id: 'x' } } }, 'unexpected-response'],
    ['a row that is no object', { body: { value: ['x'] } }, 'unexpected-response'],
    ['a link that is no text', { body: { value: [], '@odata.nextLink': 7 } }, 'unexpected-response'],
    ['a list', { body: [] }, 'unexpected-response'],
    ['no JSON', { body: '<html>' }, 'unexpected-response'],
    ['nothing', {}, 'unexpected-response'],
    ['another server', { body: { value: [], '@odata.nextLink': 'https://example.com/v1.0/users' } }, 'foreign-link'],
  ])('are an error, never a short list, when the last one is %s', async (_name, last, code) => {
    const { origin } = await collection(last);

    const error = await graphErrorOf(collect(aClient(origin), '/users'));

    expect(error.code).toBe(code);
  });

  it('end with an error when a page names one that was read', async () => {
    const loop = await startLocalGraph((_request, self) => ({
      body: { value: [], '@odata.nextLink': `${self}/v1.0/users?again` },
    }));
    open.push(loop);

    const error = await graphErrorOf(all(pages(aClient(loop.origin), '/users')));

    expect(error.code).toBe('unexpected-response');
    expect(loop.arrived).toHaveLength(2);
  });

  it('are read no further than the reader goes', async () => {
    const { origin, arrived } = await collection({ body: { value: [] } });

    for await (const page of pages(aClient(origin), '/users')) if (page.rows.length > 0) break;

    expect(arrived).toHaveLength(1);
  });
});
