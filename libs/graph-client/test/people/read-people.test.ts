import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PersonRead, readPeople, readPerson } from '../../src/index.ts';
import { aClient, all, guid } from '../a-client.ts';
import { graphError, type LocalGraph, startLocalGraph, withBatches } from '../local-graph.ts';

const open: LocalGraph[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

type Row = Record<string, unknown> & { id: string };
const select = ['displayName', 'mail'];
const person = (number: number, more: object = {}): Row => ({
  id: guid(number),
  displayName: `P${number}`,
  mail: null,
  ...more,
});

/** Users as Graph has them; a filter that names someone of `broken` fails; pages of `pageSize`. */
async function graphWith(users: Row[], { broken = [] as string[], pageSize = 100 } = {}) {
  const graph = await startLocalGraph(
    withBatches(({ url }, origin) => {
      const { pathname, searchParams } = new URL(url, origin);
      const asked = (searchParams.get('$filter') ?? pathname).match(/[0-9a-f]{8}-[0-9a-f-]{27}/gi) ?? [];
      const ids = asked.map((id) => id.toLowerCase());
      if (ids.some((id) => broken.includes(id)))
        return { status: 403, body: graphError('Authorization_RequestDenied') };
      const found = users.filter(({ id }) => ids.includes(id.toLowerCase()));
      if (pathname.split('/').length > 3) {
        return found[0] ? { body: found[0] } : { status: 404, body: graphError('Request_ResourceNotFound') };
      }
      const start = Number(searchParams.get('$skiptoken') ?? 0);
      const more = start + pageSize < found.length;
      searchParams.set('$skiptoken', String(start + pageSize));
      const next = { '@odata.nextLink': `${origin}${pathname}?${searchParams.toString()}` };
      return { body: { value: found.slice(start, start + pageSize), ...(more ? next : {}) } };
    }),
  );
  open.push(graph);
  return graph;
}

const byKind = (reads: PersonRead[], kind: PersonRead['kind']) =>
  reads
    .filter((read) => read.kind === kind)
    .map(({ id }) => id)
    .toSorted();

describe('readPeople', () => {
  it('reads three hundred people with one HTTP request', async () => {
    const { origin } = await graphWith(Array.from({ length: 300 }, (_, index) => person(index)));
    const client = aClient(origin);

    const reads = await all(
      readPeople(
        client,
        Array.from({ length: 300 }, (_, index) => guid(index)),
        { select },
      ),
    );

    expect(byKind(reads, 'found')).toHaveLength(300);
    expect(client.requests).toMatchObject({ http: 1, batchMembers: 20 });
  });

  it('asks for fifteen ids, the wanted properties and the manager', async () => {
    const { origin, arrived } = await graphWith([]);

    await all(
      readPeople(
        aClient(origin),
        Array.from({ length: 16 }, (_, index) => guid(index)),
        { select },
      ),
    );

    const { requests } = arrived[0]?.body as { requests: { url: string }[] };
    const queries = requests.map(({ url }) => new URL(url, origin).searchParams);
    expect(queries.map((query) => query.get('$filter')?.split(',').length)).toEqual([15, 1]);
    expect(queries[1]?.get('$filter')).toBe(`id in ('${guid(15)}')`);
    expect(queries[1]?.get('$select')).toBe('id,displayName,mail');
    expect(queries[1]?.get('$expand')).toBe('manager');
  });

  it('gives what was selected, and the manager', async () => {
    const manager = { '@odata.type': '#microsoft.graph.user', id: guid(9), displayName: 'Boss' };
    const { origin } = await graphWith([person(1, { manager, jobTitle: 'unasked' }), person(2)]);

    const reads = await all(readPeople(aClient(origin), [guid(1), guid(2)], { select: [...select, 'department'] }));

    expect(reads).toEqual([
      {
        kind: 'found',
        id: guid(1),
        person: { id: guid(1), managerId: guid(9), properties: { displayName: 'P1', mail: null } },
      },
      {
        kind: 'found',
        id: guid(2),
        person: { id: guid(2), managerId: null, properties: { displayName: 'P2', mail: null } },
      },
    ]);
  });

  it('takes a contact as manager for none', async () => {
    const { origin } = await graphWith([
      person(1, { manager: { '@odata.type': '#microsoft.graph.orgContact', id: 'c' } }),
    ]);

    const [read] = await all(readPeople(aClient(origin), [guid(1)], { select }));

    expect(read).toMatchObject({ kind: 'found', person: { managerId: null } });
  });

  it('names who is missing, whatever the case of the ids', async () => {
    const { origin } = await graphWith([{ ...person(1), id: '0000000A-0000-4000-8000-000000000000' }]);
    const asked = ['0000000a-0000-4000-8000-000000000000', guid(2)];

    const reads = await all(readPeople(aClient(origin), asked, { select }));

    expect(byKind(reads, 'found')).toEqual(['0000000A-0000-4000-8000-000000000000']);
    expect(byKind(reads, 'missing')).toEqual([guid(2)]);
  });

  it('calls a row of nulls unreadable, never a person without values', async () => {
    const { origin } = await graphWith([
      { '@odata.type': '#microsoft.graph.user', id: guid(1), displayName: null, mail: null },
      { id: guid(2) },
      person(3),
    ]);

    const reads = await all(readPeople(aClient(origin), [1, 2, 3].map(guid), { select }));

    expect(byKind(reads, 'unreadable')).toEqual([guid(1), guid(2)]);
    expect(byKind(reads, 'found')).toEqual([guid(3)]);
  });

  it('lets a filter that fails cost its own people only', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => guid(index));
    const { origin } = await graphWith(
      Array.from({ length: 30 }, (_, index) => person(index)),
      { broken: [guid(3)] },
    );

    const reads = await all(readPeople(aClient(origin), ids, { select }));

    expect(byKind(reads, 'failed')).toEqual(ids.slice(0, 15));
    expect(byKind(reads, 'found')).toEqual(ids.slice(15));
  });

  it('gives exactly one result for each person, whatever Graph has and how it pages', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, fc.integer({ min: 1, max: 20 }), async (asked, existing, pageSize) => {
        const graph = await graphWith(
          existing.map((number) => person(number)),
          { pageSize },
        );

        const reads = await all(readPeople(aClient(graph.origin), [...asked, ...asked].map(guid), { select }));

        const both = asked.filter((number) => existing.includes(number));
        expect(byKind(reads, 'found')).toEqual(both.map(guid).toSorted());
        expect(byKind(reads, 'missing')).toEqual(
          asked
            .filter((number) => !both.includes(number))
            .map(guid)
            .toSorted(),
        );
        expect(reads).toHaveLength(asked.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('readPerson', () => {
  it('reads one person with their manager', async () => {
    const { origin } = await graphWith([person(1, { manager: { id: guid(2) } })]);

    expect(await readPerson(aClient(origin), guid(1), { select })).toMatchObject({
      kind: 'found',
      person: { id: guid(1), managerId: guid(2) },
    });
  });

  it('tells who does not exist from who can not be read', async () => {
    const { origin } = await graphWith([{ id: guid(3) }], { broken: [guid(2)] });
    const client = aClient(origin);

    expect((await readPerson(client, guid(1), { select })).kind).toBe('missing');
    expect(await readPerson(client, guid(2), { select })).toMatchObject({
      kind: 'failed',
      error: { code: 'forbidden' },
    });
    expect((await readPerson(client, guid(3), { select })).kind).toBe('unreadable');
  });
});
