import { at } from '../check-fact.ts';
import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get, patch, post, remove } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';

const clientRequestId = '11111111-2222-4333-8444-555555555555';
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const json = { 'content-type': 'application/json' };

/** Requests that a fault refuses, by a word in their address. */
const faults = {
  throttled: { status: 429, retryAfter: 3 },
  unavailable: { status: 503, retryAfter: 3 },
  reset: { status: 410 },
  busy: { status: 504 },
  challenged: { status: 403, code: 'insufficient_claims', message: 'A claims challenge is to be met first.' },
  active: { status: 503, code: 'activityLimitReached' },
} as const;

function refused(says: string, ask: Fact['ask'], status: number, code: string): Fact {
  return { lines: ['8/2'], says, ask, status, code };
}

/** What is wrong, as Graph says it. */
export const errorFacts: FactGroup = {
  title: 'errors',
  world: () =>
    openFactWorld({
      directory: contoso([user(1)], [group(1)]),
      faults: { beforeRequest: ({ url }) => Object.entries(faults).find(([word]) => url.endsWith(`?${word}`))?.[1] },
    }),
  facts: [
    {
      lines: ['8/1'],
      says: 'wraps code, message and the ids of the request',
      ask: get('/users/nobody', { 'client-request-id': clientRequestId }),
      status: 404,
      values: {
        'error.code': 'Request_ResourceNotFound',
        'error.message':
          "Resource 'nobody' does not exist or one of its queried reference-property objects are not present.",
        'error.innerError.date': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
        'error.innerError.request-id': guid,
        'error.innerError.client-request-id': clientRequestId,
      },
      check: ({ body }) => (Object.keys(body as object).join() === 'error' ? undefined : 'more than the error'),
    },
    {
      lines: ['8/1'],
      says: 'repeats the ids of the request in headers',
      ask: get('/users/nobody', { 'client-request-id': clientRequestId }),
      headers: { 'request-id': guid, 'client-request-id': clientRequestId },
      check: ({ body, headers }) =>
        at(body, 'error.innerError.request-id') === headers['request-id'] ? undefined : 'another id than in the body',
    },
    {
      lines: ['8/1'],
      says: 'gives the id of the request for that of a client that sends none',
      ask: get('/users/nobody'),
      check: ({ body }) =>
        at(body, 'error.innerError.request-id') === at(body, 'error.innerError.client-request-id')
          ? undefined
          : 'they differ',
    },
    {
      lines: ['8/1'],
      says: 'sends errors as JSON',
      ask: get('/users/nobody'),
      headers: { 'content-type': /^application\/json/ },
    },
    {
      lines: ['8/1'],
      says: 'names the request of an answer that is no error too',
      ask: get('/users', { 'client-request-id': clientRequestId }),
      status: 200,
      headers: { 'request-id': guid, 'client-request-id': clientRequestId, 'odata-version': '4.0' },
    },
    {
      lines: ['8/1'],
      says: 'nests a code inside of a throttling error',
      ask: get('/users?throttled'),
      status: 429,
      values: { 'error.code': 'TooManyRequests', 'error.innerError.code': '429' },
    },
    refused('does not find a group', get(`/groups/${groupId(9)}`), 404, 'Request_ResourceNotFound'),
    refused('does not find a group by the id of a user', get(`/groups/${userId(1)}`), 404, 'Request_ResourceNotFound'),
    refused('does not find members of no group', get(`/groups/${groupId(9)}/members`), 404, 'Request_ResourceNotFound'),
    refused('does not find a user to change', patch('/users/nobody', { city: 'x' }), 404, 'Request_ResourceNotFound'),
    refused('does not find a user to delete', remove(`/users/${userId(9)}`), 404, 'Request_ResourceNotFound'),
    {
      ...refused(
        'wants a token',
        (world) => world.call('GET', '/users', { token: null }),
        401,
        'InvalidAuthenticationToken',
      ),
      values: { 'error.message': 'Access token is empty.' },
      headers: { 'www-authenticate': /^Bearer/ },
    },
    refused(
      'wants a token of its own',
      (world) => world.call('GET', '/users', { token: 'e30.e30.e30' }),
      401,
      'InvalidAuthenticationToken',
    ),
    refused(
      'refuses a token that has expired',
      async (world) => {
        const token = await world.token();
        world.advance(2 * 60 * 60 * 1000);
        return world.call('GET', '/users', { token });
      },
      401,
      'InvalidAuthenticationToken',
    ),
    {
      ...refused('does not know a segment', get('/planets'), 400, 'BadRequest'),
      values: { 'error.message': "Resource not found for the segment 'planets'." },
    },
    {
      ...refused('does not allow a method', remove('/users'), 405, 'Request_BadRequest'),
      values: { 'error.message': 'Specified HTTP method is not allowed for the request target.' },
    },
    refused('wants a body where one belongs', post('/groups', undefined), 400, 'BadRequest'),
    refused('wants JSON that parses', post('/groups', Buffer.from('{'), json), 400, 'BadRequest'),
    refused('wants properties that exist', patch(`/users/${userId(1)}`, { shoeSize: 42 }), 400, 'BadRequest'),
    refused('wants values of the right type', patch(`/users/${userId(1)}`, { city: 5 }), 400, 'Request_BadRequest'),
    refused('does not know a delta token', get('/users/delta?$deltatoken=abc'), 400, 'syncStateNotFound'),
    refused('asks for a new delta round', get('/users/delta?reset'), 410, 'resyncRequired'),
    {
      ...refused('asks to slow down', get('/users?throttled'), 429, 'TooManyRequests'),
      headers: { 'retry-after': '3' },
    },
    {
      ...refused('can be away', get('/users?unavailable'), 503, 'serviceNotAvailable'),
      headers: { 'retry-after': '3' },
    },
    refused('can time out', get('/users?busy'), 504, 'UnknownError'),
    refused('can be too busy', get('/users?active'), 503, 'activityLimitReached'),
    refused(
      'wants a subscription to say what it is about',
      post('/subscriptions', { changeType: 'updated' }),
      400,
      'InvalidRequest',
    ),
    {
      lines: ['8/3'],
      says: 'can pass on a challenge of Conditional Access',
      ask: get('/users?challenged'),
      status: 403,
      code: 'insufficient_claims',
    },
  ],
};
