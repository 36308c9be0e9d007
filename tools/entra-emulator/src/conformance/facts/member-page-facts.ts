import { at } from '../check-fact.ts';
import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { userId } from './contoso.ts';
import { advanced, eventual, holds, holdsItems, nextPage } from './list-asks.ts';
import { groups, memberCompany } from './member-company.ts';

const HALF_AN_HOUR = 30 * 60 * 1000;

const everybody = `/groups/${groups.large}/members`;
const people = `/groups/${groups.large}/transitiveMembers/microsoft.graph.user`;

/** How lists come in pages. */
export const memberPageFacts: FactGroup = {
  title: 'pages of members',
  world: () =>
    openFactWorld({
      directory: memberCompany(),
      faults: { beforeRequest: ({ url }) => (url.startsWith('/groups?') ? { emptyPage: true } : undefined) },
    }),
  facts: [
    {
      lines: ['3/4'],
      says: 'gives 100 members on a page',
      ask: get(everybody),
      status: 200,
      keys: ['@odata\\.nextLink'],
      check: holdsItems(100),
    },
    {
      lines: ['3/4'],
      says: 'gives up to 999 members on a page with $top',
      ask: get(`${everybody}?$top=999`),
      status: 200,
      check: holdsItems(999),
    },
    {
      lines: ['3/4'],
      says: 'refuses a page of a thousand',
      ask: get(`${everybody}?$top=1000`),
      status: 400,
      code: 'Request_UnsupportedQuery',
      values: { 'error.message': "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive." },
    },
    {
      lines: ['3/4'],
      says: 'refuses a page of nothing',
      ask: get(`${everybody}?$top=0`),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/4'],
      says: 'pages what a user is transitively a member of in the same way',
      ask: get(`/users/${userId(1)}/transitiveMemberOf?$top=2`),
      status: 200,
      keys: ['@odata\\.nextLink'],
      check: holdsItems(2),
    },
    {
      lines: ['3/5'],
      says: 'goes on at the nextLink with the rest, and then without a further one',
      ask: nextPage(get(`${everybody}?$top=999&$select=id`)),
      status: 200,
      absent: ['@odata\\.nextLink'],
      check: holdsItems(101),
    },
    {
      lines: ['3/5'],
      says: 'gives the same page for the same nextLink again',
      ask: async (world) => {
        const first = await get(`${everybody}?$top=999&$select=id`)(world);
        const again = (): ReturnType<typeof world.call> =>
          world.call('GET', String(at(first.body, '@odata\\.nextLink')));
        await again();
        return again();
      },
      status: 200,
      check: holdsItems(101),
    },
    {
      lines: ['3/5'],
      says: 'refuses a nextLink of which the page size was changed',
      ask: nextPage(get(`${everybody}?$top=50`), {}, (link) => link.replace('top=50', 'top=60')),
      status: 400,
      code: 'Directory_ExpiredPageToken',
    },
    {
      lines: ['3/5'],
      says: 'refuses a nextLink from which $select was taken',
      ask: nextPage(get(`${everybody}?$select=id&$top=50`), {}, (link) => link.replace('$select=id&', '')),
      status: 400,
      code: 'Directory_ExpiredPageToken',
    },
    {
      lines: ['3/5'],
      says: 'refuses a token that it never gave',
      ask: get(`${everybody}?$skiptoken=abc`),
      status: 400,
      code: 'Directory_ExpiredPageToken',
    },
    {
      lines: ['3/5', '8/2'],
      says: 'refuses the token of a nextLink that was followed too late',
      ask: async (world) => {
        const first = await get(everybody)(world);
        world.advance(HALF_AN_HOUR);
        return world.call('GET', String(at(first.body, '@odata\\.nextLink')));
      },
      status: 400,
      code: 'Directory_ExpiredPageToken',
    },
    {
      lines: ['3/5'],
      says: 'counts on the first page of an advanced query',
      ask: advanced(people),
      status: 200,
      values: { '@odata\\.count': 1100 },
    },
    {
      lines: ['3/5'],
      says: 'does not count on later pages',
      ask: nextPage(advanced(people), eventual),
      status: 200,
      absent: ['@odata\\.count'],
      check: holdsItems(100),
    },
    {
      lines: ['3/5'],
      says: 'wants the header on every page, as links do not carry it',
      ask: nextPage(advanced(people)),
      status: 400,
      code: 'Directory_ExpiredPageToken',
    },
    {
      lines: ['3/5'],
      says: 'can give a page without items that has a nextLink',
      ask: get('/groups?$top=10'),
      status: 200,
      keys: ['@odata\\.nextLink'],
      check: holds(),
    },
    {
      lines: ['3/6'],
      says: 'lists more members than getMemberGroups would',
      ask: get(`/groups/${groups.large}/members/$count`, eventual),
      status: 200,
      check: ({ body }) => (body === '1100' ? undefined : `the count is ${String(body)}`),
    },
  ],
};
