import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { userId } from './contoso.ts';
import { as, holdsItems } from './list-asks.ts';
import { applications, memberCompany } from './member-company.ts';

const { usersOnly, membersOnly, nothing, photosOnly } = applications;
const denied = { status: 403, code: 'Authorization_RequestDenied' } as const;
const user = `/users/${userId(1)}`;

function opens(lines: readonly string[], address: string, status = 200): Fact {
  return { lines, says: `opens ${address} by User.Read.All`, ask: as(usersOnly, address), status };
}

/** What an application may read of users, and in which portions. */
export const userAccessFacts: FactGroup = {
  title: 'permission to read users',
  world: () => openFactWorld({ directory: memberCompany() }),
  facts: [
    {
      lines: ['4/10'],
      says: 'lists 100 users on a page',
      ask: get('/users'),
      status: 200,
      keys: ['@odata\\.nextLink'],
      check: holdsItems(100),
    },
    {
      lines: ['4/10'],
      says: 'lists up to 999 users on a page with $top',
      ask: get('/users?$top=999'),
      status: 200,
      check: holdsItems(999),
    },
    { lines: ['4/10'], says: 'refuses $top=1000', ask: get('/users?$top=1000'), status: 400 },
    {
      lines: ['4/10'],
      says: 'lists up to 500 users on a page with their sign-in activity',
      ask: get('/users?$top=999&$select=id,signInActivity'),
      status: 200,
      keys: ['@odata\\.nextLink'],
      check: holdsItems(500),
    },
    {
      lines: ['4/10'],
      says: 'refuses sign-in activity without AuditLog.Read.All',
      ask: as(usersOnly, '/users?$select=id,signInActivity'),
      status: 403,
      code: 'Authentication_MSGraphPermissionMissing',
    },
    {
      lines: ['4/10'],
      says: 'refuses to filter by sign-in activity without AuditLog.Read.All',
      ask: as(usersOnly, '/users?$filter=signInActivity/lastSignInDateTime le 2024-01-01T00:00:00Z'),
      status: 403,
      code: 'Authentication_MSGraphPermissionMissing',
    },
    {
      lines: ['4/10'],
      says: 'refuses to filter by sign-in activity and anything else',
      ask: get("/users?$filter=signInActivity/lastSignInDateTime le 2024-01-01T00:00:00Z and userType eq 'Guest'"),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['4/10'],
      says: 'throttles the eleventh read of sign-in activity in a minute',
      ask: async (world) => {
        for (let n = 0; n < 10; n += 1) await world.call('GET', '/users?$top=1&$select=id,signInActivity');
        return world.call('GET', '/users?$top=1&$select=id,signInActivity');
      },
      status: 429,
      code: 'TooManyRequests',
    },
    opens(['4/11'], '/users?$top=1'),
    opens(['4/11'], user),
    opens(['4/11'], '/users/delta'),
    opens(['4/11'], `${user}/manager`, 404),
    opens(['4/11'], `${user}/directReports`),
    opens(['4/11', '4/21'], `${user}/photos`),
    { lines: ['4/11'], says: 'denies users to who may read groups', ask: as(membersOnly, '/users'), ...denied },
    { lines: ['4/11'], says: 'denies a user to who may read nothing', ask: as(nothing, user), ...denied },
    { lines: ['4/11'], says: 'denies users to who may read photos', ask: as(photosOnly, user), ...denied },
    {
      lines: ['4/21'],
      says: 'opens photos by ProfilePhoto.Read.All',
      ask: as(photosOnly, `${user}/photos`),
      status: 200,
    },
    { lines: ['4/21'], says: 'denies photos to who may read groups', ask: as(membersOnly, `${user}/photo`), ...denied },
    {
      lines: ['4/4'],
      says: 'denies the last day of work to User.Read.All alone',
      ask: as(usersOnly, `${user}?$select=employeeLeaveDateTime`),
      ...denied,
    },
    {
      lines: ['4/4'],
      says: 'shows it with User-LifeCycleInfo.Read.All',
      ask: get(`${user}?$select=employeeLeaveDateTime`),
      status: 200,
      values: { employeeLeaveDateTime: null },
    },
  ],
};
