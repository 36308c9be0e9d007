import { at } from '../check-fact.ts';
import type { Fact, FactAnswer, FactGroup } from '../fact.ts';
import { openFactWorld, type FactWorld } from '../fact-world.ts';
import { get, post } from '../requests.ts';
import type { Fault } from '../../graph/faults/fault.ts';
import { openLocalGraph } from '../../graph/local-graph.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { deltaLink, round } from './delta-walk.ts';

/** A hundredth of what Graph allows, so that few requests are enough to exceed it. */
const SCALE = 0.01;

/** What each budget is, in this world. */
const SMALL_TENANT = 3500 * SCALE;
const WRITES = 3000 * SCALE;
const SIGN_INS = 10;

/** Long enough for every budget to be full again. */
const A_WHILE = 10 * 60_000;

const one = `/users/${userId(1)}`;
const directory = contoso([user(1, { manager: { id: userId(2) } }), user(2)], [group(1, [userId(1)])]);

/** Makes the same request until it is refused, and that once more. */
function exceeded(method: string, address: string, body?: object): Fact['ask'] {
  return async (world) => {
    world.advance(A_WHILE);
    for (let n = 0; n < 1000; n += 1) {
      const answer = await world.call(method, address, body === undefined ? {} : { body });
      if (answer.status === 429) return { ...answer, body: { ...(answer.body as object), accepted: n } };
    }
    throw new Error(`${method} ${address} was never refused`);
  };
}

/** Asks how many requests a tenant of so many people allows, when all that Graph allows is scaled down. */
function allowed(people: number, address = one, scale = SCALE): Fact['ask'] {
  return async () => {
    const users = Array.from({ length: people }, (_, n) => user(n + 1));
    const now = new Date();
    const graph = openLocalGraph({ directory: contoso(users), clock: () => now, throttling: { scale } });
    for (let n = 0; ; n += 1) {
      const { status, headers = {} } = await graph.call('GET', address);
      if (status === 429) return { status, headers, body: { accepted: n } };
    }
  };
}

function spoilt(fault: Fault, address = one): Fact['ask'] {
  return (world) => {
    world.advance(A_WHILE);
    world.emulator.faultRules.add({ match: { times: 1 }, fault });
    return world.call('GET', address);
  };
}

function costs(units: number, request: string, ask: Fact['ask'] = get(request)): Fact {
  return {
    lines: ['6/5'],
    says: `charges ${units} for ${request}`,
    async ask(world) {
      world.advance(A_WHILE);
      return ask(world);
    },
    headers: { 'x-ms-resource-unit': String(units) },
  };
}

/** Asks after so much of the budget has been used. */
function afterUse(share: number, address: string, headers: Readonly<Record<string, string>> = {}): Fact['ask'] {
  return async (world: FactWorld): Promise<FactAnswer> => {
    world.advance(A_WHILE);
    for (let n = 0; n < Math.floor(share * SMALL_TENANT); n += 1) await world.call('GET', one);
    return world.call('GET', address, { headers });
  };
}

const refused = { status: 429, code: 'TooManyRequests' } as const;

/** What requests cost, what callers may spend, and what happens then. */
export const throttlingFacts: FactGroup = {
  title: 'throttling',
  world: () => openFactWorld({ directory, throttling: { scale: SCALE } }),
  facts: [
    {
      lines: ['6/1'],
      says: 'answers 429 with a code, an inner code and the seconds to wait',
      ask: exceeded('GET', one),
      ...refused,
      values: { 'error.innerError.code': '429', 'error.innerError.status': '429' },
      keys: ['error.message', 'error.innerError.date', 'error.innerError.request-id'],
      headers: { 'retry-after': /^\d+$/ },
    },
    {
      lines: ['6/1'],
      says: 'lets through who has waited as long as Retry-After says',
      async ask(world) {
        const { headers } = await exceeded('GET', one)(world);
        world.advance(Number(headers['retry-after']) * 1000);
        return world.call('GET', one);
      },
      status: 200,
    },
    {
      lines: ['6/1'],
      says: 'charges rejected requests, so that whoever goes on at once is not let through',
      async ask(world) {
        const { headers } = await exceeded('GET', one)(world);
        for (let n = 0; n < SMALL_TENANT; n += 1) await world.call('GET', one);
        world.advance(Number(headers['retry-after']) * 1000);
        return world.call('GET', one);
      },
      ...refused,
    },
    {
      lines: ['6/1'],
      says: 'may name a fraction of a second',
      ask: spoilt({ status: 429, retryAfter: 2.128 }),
      ...refused,
      headers: { 'retry-after': '2.128' },
    },
    {
      lines: ['6/1'],
      says: 'may say nothing of how long to wait',
      ask: spoilt({ status: 429 }),
      ...refused,
      check: ({ headers }) => (headers['retry-after'] === undefined ? undefined : 'there is a Retry-After'),
    },
    {
      lines: ['6/2'],
      says: 'may answer 503 with Retry-After',
      ask: spoilt({ status: 503, retryAfter: 10 }),
      status: 503,
      code: 'serviceNotAvailable',
      headers: { 'retry-after': '10' },
    },
    { lines: ['6/2'], says: 'may answer 504', ask: spoilt({ status: 504 }), status: 504, keys: ['error.code'] },
    { lines: ['6/2'], says: 'may answer 509', ask: spoilt({ status: 509 }), status: 509, keys: ['error.code'] },
    {
      lines: ['6/3'],
      says: 'counts every request of an application, also those that no part of it answers',
      ask: allowed(1, '/planets', 0.0001),
      status: 429,
      values: { accepted: 13 },
      check: ({ headers }) => (headers['x-ms-throttle-scope'] === undefined ? undefined : 'it names a scope'),
    },
    {
      lines: ['6/4'],
      says: 'allows a tenant of less than 50 users 3,500 units in ten seconds',
      ask: exceeded('GET', one),
      ...refused,
      values: { accepted: SMALL_TENANT },
      headers: { 'x-ms-throttle-information': 'ResourceUnitLimitExceeded' },
    },
    {
      lines: ['6/4'],
      says: 'allows a tenant of 50 users 5,000 units in ten seconds',
      ask: allowed(50),
      status: 429,
      values: { accepted: 5000 * SCALE },
    },
    {
      lines: ['6/4'],
      says: 'allows a tenant of 501 users 8,000 units in ten seconds',
      ask: allowed(501),
      status: 429,
      values: { accepted: 8000 * SCALE },
    },
    {
      lines: ['6/4'],
      says: 'allows 3,000 writes in two and a half minutes',
      ask: exceeded('PATCH', one, { city: 'Rome' }),
      ...refused,
      values: { accepted: WRITES },
      headers: {
        'x-ms-throttle-information': 'WriteLimitExceeded',
        'x-ms-throttle-scope': /^Tenant_Application\/Write\//,
      },
    },
    {
      lines: ['6/4'],
      says: 'refills the units within ten seconds',
      async ask(world) {
        await exceeded('GET', one)(world);
        world.advance(10_000);
        return world.call('GET', one);
      },
      status: 200,
    },
    {
      lines: ['6/4'],
      says: 'does not refill the writes within ten seconds of hammering',
      async ask(world) {
        await exceeded('PATCH', one, { city: 'Bern' })(world);
        for (let n = 0; n < WRITES; n += 1) await world.call('PATCH', one, { body: { city: 'Bern' } });
        world.advance(10_000);
        return world.call('PATCH', one, { body: { city: 'Bern' } });
      },
      ...refused,
    },
    {
      lines: ['6/4'],
      says: 'lets reads through when the writes are used up',
      async ask(world) {
        await exceeded('PATCH', one, { city: 'Oslo' })(world);
        return world.call('GET', one);
      },
      status: 200,
    },
    {
      lines: ['4/11'],
      says: 'allows ten reads of sign-in activity a minute',
      async ask(world) {
        world.advance(A_WHILE);
        const graph = openLocalGraph({ directory, clock: () => world.now() });
        for (let n = 0; n < SIGN_INS; n += 1) await graph.call('GET', '/users?$select=signInActivity');
        const { status, headers = {}, body } = await graph.call('GET', '/users?$select=signInActivity');
        return { status, headers, body };
      },
      ...refused,
    },
    costs(2, '/users'),
    costs(1, '/users?$select=id'),
    costs(1, '/users?$top=19'),
    costs(2, '/users?$top=20'),
    costs(3, '/users?$expand=manager'),
    costs(2, '/users?$select=id&$expand=manager'),
    costs(1, one),
    costs(1, `${one}?$select=id`),
    costs(1, `${one}/manager`),
    costs(1, '/users/delta'),
    costs(1, '/groups/delta'),
    costs(1, '/groups'),
    costs(3, `/groups/${groupId(1)}/members`),
    costs(2, `/groups/${groupId(1)}/members?$select=id`),
    costs(5, `/groups/${groupId(1)}/transitiveMembers`),
    costs(3, `/groups/${groupId(1)}/transitiveMembers?$select=id&$top=5`),
    costs(5, '/directoryObjects/getByIds', post('/directoryObjects/getByIds', { ids: [userId(1)] })),
    costs(
      2,
      '/directoryObjects/getByIds?$select=id',
      post('/directoryObjects/getByIds?$select=id', { ids: [userId(1)] }),
    ),
    costs(1, '/users/nobody@contoso.example'),
    {
      lines: ['6/6'],
      says: 'may refuse a request although the budget is not used up',
      ask: spoilt({ status: 429, retryAfter: 10 }),
      ...refused,
      headers: { 'retry-after': '10' },
    },
    {
      lines: ['6/7'],
      says: 'says nothing of the limit below 0.8 of it',
      ask: afterUse(0.5, one),
      status: 200,
      check: ({ headers }) =>
        headers['x-ms-throttle-limit-percentage'] === undefined ? undefined : 'there is a percentage',
    },
    {
      lines: ['6/7'],
      says: 'names the used share above 0.8 of the limit',
      ask: afterUse(0.9, one),
      status: 200,
      headers: { 'x-ms-throttle-limit-percentage': /^0\.9\d$/ },
    },
    {
      lines: ['6/7'],
      says: 'names shares of up to 1.8 above the limit',
      async ask(world) {
        await exceeded('GET', one)(world);
        for (let n = 0; n < 2 * SMALL_TENANT; n += 1) await world.call('GET', one);
        return world.call('GET', one);
      },
      status: 429,
      headers: { 'x-ms-throttle-limit-percentage': '1.80' },
    },
    {
      lines: ['6/7'],
      says: 'says whose limit it is: scope, kind, application and tenant',
      ask: exceeded('GET', one),
      status: 429,
      check: ({ headers }, { emulator }) => {
        const expected = `Tenant_Application/ReadWrite/${emulator.applications[0]?.appId ?? ''}/${emulator.tenantId}`;
        return headers['x-ms-throttle-scope'] === expected ? undefined : `not ${expected}`;
      },
    },
    {
      lines: ['6/7'],
      says: 'takes a priority',
      ask: afterUse(0, one, { 'x-ms-throttle-priority': 'Low' }),
      status: 200,
    },
    {
      lines: ['6/7'],
      says: 'has the same limit for every priority',
      async ask(world) {
        await exceeded('GET', one)(world);
        return world.call('GET', one, { headers: { 'x-ms-throttle-priority': 'High' } });
      },
      ...refused,
    },
    {
      lines: ['6/8'],
      says: 'charges less for what changed than for a list of everybody',
      async ask(world) {
        world.advance(A_WHILE);
        return world.call('GET', deltaLink(await round(world, '/users/delta')));
      },
      headers: { 'x-ms-resource-unit': '1' },
    },
    {
      lines: ['6/8'],
      says: 'charges less for a list with $select than for one without',
      async ask(world) {
        world.advance(A_WHILE);
        const plain = await world.call('GET', `/groups/${groupId(1)}/members`);
        const selected = await world.call('GET', `/groups/${groupId(1)}/members?$select=id`);
        const units = (answer: FactAnswer): number => Number(answer.headers['x-ms-resource-unit']);
        return { ...selected, body: { saved: units(plain) - units(selected) } };
      },
      values: { saved: 1 },
    },
    {
      lines: ['5/7'],
      says: 'throttles members of a batch by what they cost one by one',
      async ask(world) {
        world.advance(A_WHILE);
        for (let n = 0; n < SMALL_TENANT - 5; n += 1) await world.call('GET', one);
        const requests = Array.from({ length: 20 }, (_, n) => ({ id: String(n), method: 'GET', url: one }));
        return post('/$batch', { requests })(world);
      },
      status: 200,
      check({ body }) {
        const responses = at(body, 'responses') as readonly unknown[];
        const busy = responses.filter((response) => at(response, 'status') === 429);
        const timed = busy.filter((response) => /^\d+$/.test(String(at(response, 'headers.Retry-After'))));
        return busy.length === 15 && timed.length === 15
          ? undefined
          : `${busy.length} throttled, ${timed.length} timed`;
      },
    },
  ],
};
