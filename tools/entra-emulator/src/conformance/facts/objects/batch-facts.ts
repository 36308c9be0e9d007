import { portrait } from '../../../generate/portrait.ts';
import { at } from '../../check-fact.ts';
import type { Fact, FactAnswer, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { get, post } from '../../requests.ts';
import { contoso, user, userId } from '../contoso.ts';

type Member = Readonly<Record<string, unknown>> & { readonly id: string };

const adele = userId(1);
const json = { 'Content-Type': 'application/json' };

const directory = contoso([user(1, { photo: portrait(1).toString('base64') }), user(2)]);

function read(id: string, url = `/users/${adele}`): Member {
  return { id, method: 'GET', url };
}

function write(id: string, department: string, more: object = {}): Member {
  return { id, method: 'PATCH', url: `/users/${adele}`, headers: json, body: { department }, ...more };
}

function batch(...requests: readonly object[]): Fact['ask'] {
  return post('/$batch', { requests });
}

/** The answer to one member of a batch. */
function member({ body }: FactAnswer, id: string): unknown {
  const responses = at(body, 'responses');
  return Array.isArray(responses) ? responses.find((response) => at(response, 'id') === id) : undefined;
}

/** Checks the statuses of members by their ids. */
function statuses(expected: Readonly<Record<string, number>>): NonNullable<Fact['check']> {
  return (answer) => {
    const wrong = Object.keys(expected).filter((id) => at(member(answer, id), 'status') !== expected[id]);
    return wrong.length === 0 ? undefined : `another status for ${wrong.join(', ')}`;
  };
}

/** A fact about a batch that is refused as a whole. */
function refused(says: string, requests: readonly unknown[], line = '5/1'): Fact {
  return { lines: [line], says, ask: post('/$batch', { requests }), status: 400, code: 'BadRequest' };
}

/** What `$batch` takes, and how it answers. */
export const batchFacts: FactGroup = {
  title: 'batches',
  world: () =>
    openFactWorld({
      directory,
      faults: { beforeRequest: ({ url }) => (url.includes('user2@') ? { status: 429, retryAfter: 3 } : undefined) },
    }),
  facts: [
    {
      lines: ['5/1'],
      says: 'takes twenty requests',
      ask: batch(...Array.from({ length: 20 }, (_, n) => read(String(n)))),
      status: 200,
      check: ({ body }) => ((at(body, 'responses') as unknown[]).length === 20 ? undefined : 'not 20 responses'),
    },
    refused(
      'refuses twenty-one requests',
      Array.from({ length: 21 }, (_, n) => read(String(n))),
    ),
    refused('refuses ids that differ in case alone', [read('a'), read('A')]),
    refused('refuses a request without id', [{ method: 'GET', url: '/users' }]),
    refused('refuses a request without method', [{ id: '1', url: '/users' }]),
    refused('refuses a request without url', [{ id: '1', method: 'GET' }]),
    refused('refuses a url with a host', [read('1', 'https://graph.microsoft.com/v1.0/users')]),
    {
      lines: ['5/1'],
      says: 'takes a url that begins without a slash',
      ask: batch(read('1', `users/${adele}`)),
      check: statuses({ 1: 200 }),
    },
    {
      lines: ['5/1'],
      says: 'takes the version in a url for a segment, and knows none of that name',
      ask: batch(read('1', '/v1.0/users')),
      check: statuses({ 1: 400 }),
    },
    { lines: ['5/1'], says: 'is asked by POST alone', ask: get('/$batch'), status: 405, code: 'Request_BadRequest' },
    refused(
      'refuses a body without Content-Type',
      [{ id: '1', method: 'PATCH', url: `/users/${adele}`, body: { department: 'Sales' } }],
      '5/2',
    ),
    refused('refuses a write without a body', [{ id: '1', method: 'POST', url: '/users', headers: json }], '5/2'),
    {
      lines: ['5/2'],
      says: 'takes a deletion without a body',
      ask: batch({ id: '1', method: 'DELETE', url: '/users/nobody@contoso.example' }),
      check: statuses({ 1: 404 }),
    },
    {
      lines: ['5/2'],
      says: 'takes a body with its Content-Type',
      ask: batch(write('1', 'Sales')),
      check: statuses({ 1: 204 }),
    },
    {
      lines: ['5/2'],
      says: "reads ConsistencyLevel from a member's own headers, not from those of the batch",
      ask: post(
        '/$batch',
        {
          requests: [
            read('without', '/users/$count'),
            { ...read('with', '/users/$count'), headers: { ConsistencyLevel: 'eventual' } },
          ],
        },
        { consistencylevel: 'eventual' },
      ),
      check: statuses({ without: 400, with: 200 }),
    },
    {
      lines: ['5/3'],
      says: 'answers 200 when every member failed',
      ask: batch(read('1', '/users/nobody@contoso.example')),
      status: 200,
      check: statuses({ 1: 404 }),
    },
    {
      lines: ['5/3'],
      says: 'answers in another order than asked',
      ask: batch(read('1'), read('2')),
      values: { 'responses.0.id': '2', 'responses.1.id': '1' },
    },
    {
      lines: ['5/3'],
      says: 'refuses a body that is no JSON',
      ask: post('/$batch', Buffer.from('{'), json),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['5/4'],
      says: 'runs a member after the one it depends on, whatever the case of the id',
      ask: batch(
        { ...read('late', `/users/${adele}?$select=department`), dependsOn: ['FIRST'] },
        write('first', 'New'),
      ),
      check: (answer) =>
        at(member(answer, 'late'), 'body.department') === 'New' ? undefined : 'the write was not there yet',
    },
    {
      lines: ['5/4'],
      says: 'answers 424 to all that depend on a member that failed, at any distance',
      ask: batch(
        read('first', '/users/nobody@contoso.example'),
        { ...read('second'), dependsOn: ['first'] },
        { ...read('third'), dependsOn: ['second'] },
        read('other'),
      ),
      check: statuses({ first: 404, second: 424, third: 424, other: 200 }),
    },
    {
      lines: ['5/4'],
      says: 'ignores atomicityGroup: what succeeded stays',
      ask: batch(write('1', 'Kept', { atomicityGroup: 'g' }), {
        ...read('2', '/users/nobody@contoso.example'),
        atomicityGroup: 'g',
      }),
      check: statuses({ 1: 204, 2: 404 }),
    },
    {
      lines: ['5/4'],
      says: 'has no batch inside a batch',
      ask: batch({ id: '1', method: 'POST', url: '/$batch', headers: json, body: { requests: [read('2')] } }),
      check: statuses({ 1: 400 }),
    },
    refused('refuses a dependency on nobody', [{ ...read('1'), dependsOn: ['2'] }], '5/4'),
    {
      lines: ['5/5'],
      says: 'throttles members one by one, each with its own Retry-After',
      ask: batch(read('busy', '/users/user2@contoso.example'), read('idle')),
      status: 200,
      check: (answer, world) =>
        at(member(answer, 'busy'), 'headers.Retry-After') === '3'
          ? statuses({ busy: 429, idle: 200 })(answer, world)
          : 'no Retry-After',
    },
    {
      lines: ['5/6'],
      says: 'gives members absolute nextLinks, which work outside the batch',
      ask: async (world) => {
        const answer = await batch(read('1', '/users?$top=1'))(world);
        return world.call('GET', String(at(member(answer, '1'), 'body.@odata\\.nextLink')));
      },
      status: 200,
      values: { 'value.0.displayName': 'User 2' },
    },
    {
      lines: ['5/6'],
      says: 'takes what follows the version in a nextLink as a new member',
      ask: async (world) => {
        const answer = await batch(read('1', '/users?$top=1'))(world);
        const link = String(at(member(answer, '1'), 'body.@odata\\.nextLink'));
        return batch(read('1', link.slice(link.indexOf('/v1.0') + 5)))(world);
      },
      values: { 'responses.0.body.value.0.displayName': 'User 2' },
    },
    {
      lines: ['5/7'],
      says: 'charges every member what it costs alone',
      ask: batch(read('list', '/users'), read('one')),
      check: (answer) =>
        ['list', 'one'].map((id) => at(member(answer, id), 'headers.x-ms-resource-unit')).join() === '2,1'
          ? undefined
          : 'another cost',
    },
    {
      lines: ['5/3'],
      says: "has the headers of a member's answer in the answer",
      ask: batch(read('1')),
      values: {
        'responses.0.headers.Cache-Control': 'no-cache',
        'responses.0.headers.OData-Version': '4.0',
        'responses.0.headers.Content-Type': /^application\/json;odata\.metadata=minimal/,
      },
    },
    {
      lines: ['4/23'],
      says: 'carries the bytes of an image as base64',
      ask: batch(read('1', `/users/${adele}/photo/$value`)),
      values: {
        'responses.0.headers.Content-Type': 'image/png',
        'responses.0.body': portrait(1).toString('base64'),
      },
    },
    {
      lines: ['4/23'],
      says: 'takes the bytes of an image as base64',
      ask: async (world) => {
        const url = `/users/${adele}/photo/$value`;
        const body = portrait(2).toString('base64');
        await batch({ id: '1', method: 'PUT', url, headers: { 'Content-Type': 'image/png' }, body })(world);
        return batch(read('1', url))(world);
      },
      values: { 'responses.0.body': portrait(2).toString('base64') },
    },
  ],
};
