import type { Application } from '../../entra/ports.ts';
import type { Fact, FactAnswer, FactGroup } from '../fact.ts';
import { openFactWorld, type FactWorld } from '../fact-world.ts';
import { get, patch, remove } from '../requests.ts';
import { contoso, group, user, userId } from './contoso.ts';
import { after, deltaLink, nextLink, round, rowsOf, says, whole } from './delta-walk.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function application(n: number, ...appRoles: string[]): Application {
  return {
    appId: `a0000000-0000-4000-8000-00000000000${n}`,
    displayName: `Application ${n}`,
    passwordCredentials: [{ secretText: `secret ${n}` }],
    web: { redirectUris: [] },
    appRoles,
  };
}

const directoryReader = application(1, 'Directory.ReadWrite.All');
const userReader = application(2, 'User.Read.All');
const memberReader = application(3, 'GroupMember.Read.All');

const directory = contoso(
  Array.from({ length: 9 }, (_, n) => user(n + 1)),
  [group(1)],
  { applications: [directoryReader, userReader, memberReader] },
);

async function as({ appId }: Application, world: FactWorld, address: string): Promise<FactAnswer> {
  return world.call('GET', address, { token: await world.token(appId) });
}

/** Asks for the link of a round after so much time. */
function late(
  ms: number,
  link: (answer: FactAnswer) => string,
  start: (world: FactWorld) => Promise<FactAnswer>,
): Fact['ask'] {
  return async (world) => {
    const address = link(await start(world));
    world.advance(ms);
    return world.call('GET', address);
  };
}

/** A deltaLink that meets a fault. */
function spoilt(expire: 'delta' | 'reset', start: string): Fact['ask'] {
  return async (world) => {
    const link = deltaLink(await round(world, start));
    world.emulator.faultRules.add({ match: { times: 1 }, fault: { expire } });
    return world.call('GET', link);
  };
}

function tokenOf(link: string): string {
  return link.slice(link.indexOf('$'));
}

const notFound = { status: 400, code: 'syncStateNotFound' } as const;
const expired = { status: 400, code: 'Directory_ExpiredPageToken' } as const;

/** The tokens of delta links: what they are good for, for whom, and how long. */
export const deltaTokenFacts: FactGroup = {
  title: 'delta tokens',
  world: () => openFactWorld({ directory, delta: { pageSize: 4 } }),
  facts: [
    {
      lines: ['2/17'],
      says: 'answers $deltatoken=latest with a deltaLink and no data',
      ask: get('/users/delta?$deltatoken=latest'),
      status: 200,
      keys: ['@odata\\.deltaLink'],
      absent: ['@odata\\.nextLink'],
      values: { value: [] },
    },
    {
      lines: ['2/17'],
      says: 'begins at $deltatoken=latest, with the properties that were selected then',
      ask: after('/users/delta?$deltaToken=latest&$select=city', patch(`/users/${userId(1)}`, { city: 'Rome' })),
      values: { value: [{ id: userId(1), city: 'Rome' }] },
    },
    {
      lines: ['2/17'],
      says: "lists everything for OneDrive's token=latest, which it does not know",
      ask: whole('/users/delta?token=latest'),
      values: { 'value.length': 9 },
    },
    {
      lines: ['2/18'],
      says: 'refuses $select with a $skiptoken',
      ask: async (world) => world.call('GET', `${nextLink(await world.call('GET', '/users/delta'))}&$select=city`),
      status: 400,
      code: 'Request_BadRequest',
    },
    {
      lines: ['2/18'],
      says: 'takes $select with a $deltatoken, which changes what is followed',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta?$select=displayName'));
        await patch(`/users/${userId(2)}`, { city: 'Bern' })(world);
        return round(world, `${link}&$select=city`);
      },
      check: says(userId(2), { city: 'Bern' }),
    },
    {
      lines: ['2/18'],
      says: 'goes on with what was selected beside the $deltatoken',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta?$deltatoken=latest&$select=displayName'));
        const other = deltaLink(await round(world, `${link}&$select=city`));
        await patch(`/users/${userId(2)}`, { city: 'Lima', displayName: 'Changed' })(world);
        return round(world, other);
      },
      check: says(userId(2), { city: 'Lima' }),
    },
    {
      lines: ['2/21'],
      says: 'may not know of a change yet',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta?$select=city'));
        await patch(`/users/${userId(3)}`, { city: 'Riga' })(world);
        world.emulator.faultRules.add({ match: { times: 1 }, fault: { lag: { changes: 1 } } });
        return round(world, link);
      },
      check: says(userId(3)),
    },
    {
      lines: ['2/21'],
      says: 'knows of it when the same link is asked again later',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta?$select=city'));
        await patch(`/users/${userId(3)}`, { city: 'Graz' })(world);
        world.emulator.faultRules.add({ match: { times: 1 }, fault: { lag: { changes: 1 } } });
        await round(world, link);
        return round(world, link);
      },
      check: says(userId(3), { city: 'Graz' }),
    },
    {
      lines: ['2/21'],
      says: 'knows of it when the link is asked that a lagging answer gave',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta?$select=city'));
        await patch(`/users/${userId(3)}`, { city: 'Bonn' })(world);
        world.emulator.faultRules.add({ match: { times: 1 }, fault: { lag: { ms: 1000 } } });
        const lagging = await round(world, link);
        return round(world, deltaLink(lagging));
      },
      check: says(userId(3), { city: 'Bonn' }),
    },
    {
      lines: ['2/22'],
      says: 'takes a deltaLink that is almost seven days old',
      ask: late(7 * DAY - MINUTE, deltaLink, (world) => round(world, '/users/delta')),
      status: 200,
    },
    {
      lines: ['2/22', '2/23'],
      says: 'refuses a deltaLink that is seven days old',
      ask: late(7 * DAY, deltaLink, (world) => round(world, '/users/delta')),
      ...notFound,
    },
    {
      lines: ['2/22'],
      says: 'refuses the deltaLink of $deltatoken=latest after seven days likewise',
      ask: late(7 * DAY, deltaLink, (world) => round(world, '/users/delta?$deltatoken=latest')),
      ...notFound,
    },
    {
      lines: ['2/22'],
      says: 'gives each new deltaLink seven days of its own',
      async ask(world) {
        const first = deltaLink(await round(world, '/users/delta'));
        world.advance(4 * DAY);
        return late(4 * DAY, deltaLink, () => round(world, first))(world);
      },
      status: 200,
    },
    { lines: ['2/23'], says: 'refuses a token that is made up', ask: get('/users/delta?$deltatoken=abc'), ...notFound },
    {
      lines: ['2/23'],
      says: 'may call a token expired before its time',
      ask: spoilt('delta', '/users/delta'),
      ...notFound,
      values: { 'error.message': /expired/ },
    },
    {
      lines: ['2/23', '2/2'],
      says: 'refuses the deltaLink of another type',
      ask: async (world) =>
        world.call('GET', `/groups/delta?${tokenOf(deltaLink(await round(world, '/users/delta')))}`),
      ...notFound,
    },
    {
      lines: ['2/26', '2/2'],
      says: 'refuses the nextLink of another type',
      ask: async (world) =>
        world.call('GET', `/groups/delta?${tokenOf(nextLink(await world.call('GET', '/users/delta')))}`),
      ...expired,
    },
    {
      lines: ['2/23', '2/2'],
      says: 'refuses the deltaLink of another application',
      ask: async (world) => as(userReader, world, deltaLink(await round(world, '/users/delta'))),
      ...notFound,
    },
    {
      lines: ['2/24'],
      says: 'may answer 410 with the first address and an empty token',
      ask: spoilt('reset', '/users/delta?$select=displayName'),
      status: 410,
      code: 'resyncRequired',
      headers: { location: /\/v1\.0\/users\/delta\?\$select=displayName&\$deltatoken=$/ },
    },
    {
      lines: ['2/24'],
      says: 'lists everybody for an empty token, and nobody who is gone',
      async ask(world) {
        await remove(`/users/${userId(9)}`)(world);
        const gone = await spoilt('reset', '/users/delta?$select=displayName')(world);
        return round(world, gone.headers['location'] ?? '');
      },
      status: 200,
      check: (answer) => (rowsOf(answer, userId(9)).length === 0 ? undefined : 'it lists who is gone'),
      values: { 'value.length': 8 },
    },
    {
      lines: ['2/25'],
      says: 'has in that 410 no redirection that a client could follow by itself',
      async ask(world) {
        const link = deltaLink(await round(world, '/users/delta'));
        world.emulator.faultRules.add({ match: { times: 1 }, fault: { expire: 'reset' } });
        const response = await fetch(link, { headers: { authorization: `Bearer ${await world.token()}` } });
        return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
      },
      status: 410,
      keys: ['error'],
      headers: { location: /^https?:\/\// },
    },
    {
      lines: ['2/26'],
      says: 'goes on with a round after a while',
      ask: late(20 * MINUTE, nextLink, (world) => world.call('GET', '/users/delta')),
      status: 200,
    },
    {
      lines: ['2/26'],
      says: 'does not go on with a round after too long',
      ask: late(40 * MINUTE, nextLink, (world) => world.call('GET', '/users/delta')),
      ...expired,
    },
    {
      lines: ['2/26'],
      says: 'does not go on with a list after too long either',
      ask: late(40 * MINUTE, nextLink, (world) => world.call('GET', '/users?$top=2')),
      ...expired,
    },
    {
      lines: ['2/26'],
      says: 'does not go on with an advanced query when ConsistencyLevel is left out',
      async ask(world) {
        const headers = { consistencylevel: 'eventual' };
        const first = await world.call('GET', '/users?$top=2&$count=true', { headers });
        return world.call('GET', nextLink(first));
      },
      ...expired,
    },
    {
      lines: ['2/26'],
      says: 'goes on with an advanced query when ConsistencyLevel is sent again',
      async ask(world) {
        const headers = { consistencylevel: 'eventual' };
        const first = await world.call('GET', '/users?$top=2&$count=true', { headers });
        return world.call('GET', nextLink(first), { headers });
      },
      status: 200,
    },
    {
      lines: ['2/28'],
      says: 'shows users to an application with User.Read.All',
      ask: (world) => as(userReader, world, '/users/delta'),
      status: 200,
    },
    {
      lines: ['2/28'],
      says: 'does not show users to an application with GroupMember.Read.All',
      ask: (world) => as(memberReader, world, '/users/delta'),
      status: 403,
      code: 'Authorization_RequestDenied',
    },
    {
      lines: ['2/28'],
      says: 'shows groups to an application with GroupMember.Read.All',
      ask: (world) => as(memberReader, world, '/groups/delta'),
      status: 200,
    },
    {
      lines: ['2/28'],
      says: 'does not show groups to an application with User.Read.All',
      ask: (world) => as(userReader, world, '/groups/delta'),
      status: 403,
      code: 'Authorization_RequestDenied',
    },
  ],
};
