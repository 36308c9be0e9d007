import { at } from '../check-fact.ts';
import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld, type FactWorld } from '../fact-world.ts';
import { get, patch } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { after, nextLink, round, rowsOf, says, whole } from './delta-walk.ts';

const people = Array.from({ length: 9 }, (_, n) => user(n + 1));
const everybody = people.map(({ id }) => id);

/** Groups by what they are for. */
const large = groupId(1);
const small = groupId(2);

const directory = contoso(people, [
  group(1, everybody),
  group(2, [userId(1)], { owners: [{ '@odata.type': '#microsoft.graph.user', id: userId(2) }] }),
]);

function set(id: string, properties: object): (world: FactWorld) => Promise<unknown> {
  return patch(`/users/${id}`, properties);
}

function refused(lines: string, says: string, address: string): Fact {
  return { lines: [lines], says, ask: get(address), status: 400 };
}

function byIds(count: number): string {
  return Array.from({ length: count }, (_, n) => `id eq '${userId(n + 1)}'`).join(' or ');
}

/** What a delta query may ask for, and how its rounds come. */
export const deltaFacts: FactGroup = {
  title: 'delta rounds',
  world: () => openFactWorld({ directory, delta: { pageSize: 4, linksPerPage: 4 } }),
  facts: [
    {
      lines: ['2/27'],
      says: 'follows changes in a workforce tenant, the only type of tenant there is here',
      ask: get('/organization'),
      status: 200,
      values: { 'value.0.tenantType': 'AAD' },
    },
    {
      lines: ['8/4'],
      says: 'gives a refusal with a code that no client knows the status that says of what kind it is',
      ask: (world) => {
        world.emulator.faultRules.add({
          match: { template: 'GET /groups/delta', times: 1 },
          fault: { status: 503, code: 'somethingNew', retryAfter: 3 },
        });
        return world.call('GET', '/groups/delta');
      },
      status: 503,
      code: 'somethingNew',
      headers: { 'retry-after': '3' },
    },
    {
      lines: ['2/1'],
      says: 'begins a round with a page that has a nextLink and no deltaLink',
      ask: get('/users/delta'),
      status: 200,
      keys: ['@odata\\.context', '@odata\\.nextLink', 'value'],
      absent: ['@odata\\.deltaLink'],
    },
    {
      lines: ['2/1'],
      says: 'ends a round with a page that has a deltaLink and no nextLink',
      ask: whole('/users/delta'),
      keys: ['@odata\\.deltaLink'],
      absent: ['@odata\\.nextLink'],
      values: { pages: 3, 'value.length': 9 },
    },
    ...['/users/microsoft.graph.delta', '/users/delta()', '/users/microsoft.graph.delta()'].map((address): Fact => ({
      lines: ['2/1'],
      says: `knows /users/delta as ${address}`,
      ask: whole(address),
      status: 200,
      values: { 'value.length': 9 },
    })),
    {
      lines: ['2/1'],
      says: 'knows /groups/delta as /groups/microsoft.graph.delta',
      ask: whole('/groups/microsoft.graph.delta?$select=displayName'),
      values: { 'value.length': 2 },
    },
    {
      lines: ['2/1'],
      says: 'may answer with an empty page that has a nextLink',
      ask(world) {
        world.emulator.faultRules.add({ match: { times: 1 }, fault: { emptyPage: true } });
        return world.call('GET', '/users/delta');
      },
      status: 200,
      keys: ['@odata\\.nextLink'],
      values: { value: [] },
    },
    {
      lines: ['2/1'],
      says: 'answers a deltaLink with an empty list and the next deltaLink when nothing has changed',
      ask: after('/users/delta', () => Promise.resolve()),
      status: 200,
      keys: ['@odata\\.deltaLink'],
      values: { value: [] },
    },
    {
      lines: ['2/2'],
      says: 'hands out a nextLink that holds a token and nothing of what was asked',
      ask: get('/users/delta?$select=displayName'),
      values: { '@odata\\.nextLink': /\/v1\.0\/users\/delta\?\$skiptoken=[\w-]+$/ },
    },
    {
      lines: ['2/2'],
      says: 'goes on with what was selected at first',
      ask: async (world) => world.call('GET', nextLink(await world.call('GET', '/users/delta?$select=displayName'))),
      values: { 'value.0': { id: userId(5), displayName: 'User 5' } },
    },
    {
      lines: ['2/2'],
      says: 'goes on with the selected properties in later rounds',
      ask: after('/users/delta?$select=displayName,city', set(userId(1), { city: 'Rome', state: 'Lazio' })),
      check: says(userId(1), { displayName: 'User 1', city: 'Rome' }),
    },
    {
      lines: ['2/2'],
      says: 'goes on with the chosen objects in later rounds',
      ask: after(`/users/delta?$select=city&$filter=id eq '${userId(1)}'`, async (world) => {
        await set(userId(1), { city: 'Oslo' })(world);
        await set(userId(2), { city: 'Oslo' })(world);
      }),
      values: { value: [{ id: userId(1), city: 'Oslo' }] },
    },
    {
      lines: ['2/2'],
      says: 'hands out a deltaLink that holds a token and nothing of what was asked',
      ask: whole('/users/delta?$select=displayName'),
      values: { '@odata\\.deltaLink': /\/v1\.0\/users\/delta\?\$deltatoken=[\w-]+$/ },
    },
    refused('2/3', 'does not expand', '/users/delta?$expand=manager'),
    refused('2/3', 'does not take $top', '/users/delta?$top=5'),
    refused('2/3', 'does not sort', '/users/delta?$orderby=displayName'),
    refused('2/3', 'does not filter by another property than id', '/users/delta?$filter=accountEnabled eq true'),
    refused('2/3', 'does not filter by inequality', `/users/delta?$filter=id ne '${userId(1)}'`),
    refused('2/3', 'refuses a filter of 51 ids', `/users/delta?$filter=${byIds(51)}`),
    {
      lines: ['2/3'],
      says: 'takes a filter of 50 ids',
      ask: whole(`/users/delta?$filter=${byIds(50)}`),
      status: 200,
      values: { 'value.length': 9 },
    },
    {
      lines: ['2/3'],
      says: 'shows the objects that the filter names, and no others',
      ask: whole(`/users/delta?$select=id&$filter=${byIds(2)}`),
      values: { value: [{ id: userId(1) }, { id: userId(2) }] },
    },
    {
      lines: ['2/3'],
      says: 'returns the id when $select does not name it',
      ask: whole('/users/delta?$select=displayName'),
      check: says(userId(3), { displayName: 'User 3' }),
    },
    refused('2/4', 'refuses the old $expand=members', '/groups/delta?$select=displayName&$expand=members'),
    {
      lines: ['2/4', '2/7'],
      says: 'lists members when $select names them',
      ask: whole('/groups/delta?$select=displayName,members'),
      check: says(small, {
        displayName: 'Group 2',
        'members@delta': [{ '@odata.type': '#microsoft.graph.user', id: userId(1) }],
      }),
    },
    {
      lines: ['2/5'],
      says: 'makes no row of a change to a property that is not selected',
      ask: after('/users/delta?$select=displayName', set(userId(4), { department: 'Sales' })),
      check: says(userId(4)),
    },
    {
      lines: ['2/5'],
      says: 'makes a row of a change to a property that is selected',
      ask: after('/users/delta?$select=department', set(userId(4), { department: 'Finance' })),
      check: says(userId(4), { department: 'Finance' }),
    },
    {
      lines: ['2/5'],
      says: 'makes no row of a change of members when they are not selected',
      ask: after('/groups/delta?$select=displayName', (world) =>
        world.call('DELETE', `/groups/${large}/members/${userId(9)}/$ref`),
      ),
      check: says(large),
    },
    {
      lines: ['2/5'],
      says: 'follows the default properties when nothing is selected',
      ask: after('/users/delta', set(userId(5), { jobTitle: 'Pilot' })),
      check: (answer) => (rowsOf(answer, userId(5))[0]?.['jobTitle'] === 'Pilot' ? undefined : 'no jobTitle'),
    },
    {
      lines: ['2/5'],
      says: 'shows no other properties when nothing is selected',
      ask: whole('/users/delta'),
      absent: ['value.0.department', 'value.0.accountEnabled', 'value.0.manager@delta'],
      keys: ['value.0.displayName', 'value.0.userPrincipalName'],
    },
    {
      lines: ['2/6'],
      says: 'lists owners of groups when $select names them, by type and id alone',
      ask: whole('/groups/delta?$select=owners'),
      check: says(small, { 'owners@delta': [{ '@odata.type': '#microsoft.graph.user', id: userId(2) }] }),
    },
    {
      lines: ['2/6'],
      says: 'shows of a member its type and id alone',
      ask: whole('/groups/delta'),
      check: (answer) =>
        Object.keys(at(rowsOf(answer, small)[0], 'members@delta.0') as object).join() === '@odata.type,id'
          ? undefined
          : 'something else of the member',
    },
    refused('2/6', 'knows no members of users', '/users/delta?$select=members'),
    refused('2/6', 'knows no manager of groups', '/groups/delta?$select=manager'),
    refused('2/6', 'refuses to select what the type does not have', '/users/delta?$select=favouriteColour'),
    {
      lines: ['2/7'],
      says: 'lists members of groups when nothing is selected',
      ask: whole('/groups/delta'),
      check: (answer) => (rowsOf(answer, small)[0]?.['members@delta'] ? undefined : 'no members'),
    },
    {
      lines: ['2/7'],
      says: 'lists no members when $select does not name them',
      ask: whole('/groups/delta?$select=displayName'),
      check: says(small, { displayName: 'Group 2' }),
    },
    {
      lines: ['2/19'],
      says: 'gives the same changes again for the same deltaLink',
      async ask(world) {
        const { body } = await round(world, '/users/delta?$select=city');
        const link = String(at(body, '@odata\\.deltaLink'));
        await set(userId(6), { city: 'Bern' })(world);
        await round(world, link);
        return round(world, link);
      },
      check: says(userId(6), { city: 'Bern' }),
    },
    {
      lines: ['2/19', '2/11'],
      says: 'may show the same object several times in a round',
      ask(world) {
        const id = world.emulator.faultRules.add({ fault: { delta: { repeats: 1 } } });
        return round(world, '/users/delta?$select=displayName').finally(() => world.emulator.faultRules.remove(id));
      },
      check: (answer) => {
        const shown = at(answer.body, 'value') as readonly unknown[];
        return shown.length > 9 && new Set(shown.map((row) => at(row, 'id'))).size === 9 ? undefined : 'no repeats';
      },
    },
    {
      lines: ['2/20'],
      says: 'does not let the page size be preferred',
      ask: get('/users/delta', { prefer: 'odata.maxpagesize=1' }),
      values: { 'value.length': 4 },
    },
    {
      lines: ['2/20'],
      says: 'has fewer objects on a page with more links',
      ask: get('/groups/delta'),
      values: { 'value.length': 1 },
    },
  ],
};
