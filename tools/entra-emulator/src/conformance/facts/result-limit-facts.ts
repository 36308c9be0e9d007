import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { post } from '../requests.ts';
import { at } from '../check-fact.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';

const MOST = 11_000;

/** User 1 is in as many groups as can be told, user 2 in one more. */
function directoryOfGroups(): ReturnType<typeof contoso> {
  const shared = Array.from({ length: MOST }, (_, n) => group(n + 1, [userId(1), userId(2)]));
  return contoso([user(1), user(2)], [...shared, group(MOST + 1, [userId(2)])]);
}

/** How many results Graph gathers in one answer. */
export const resultLimitFacts: FactGroup = {
  title: 'limits of results',
  world: () => openFactWorld({ directory: directoryOfGroups() }),
  facts: [
    {
      lines: ['3/6'],
      says: 'tells 11,000 groups of a user at once',
      ask: post(`/users/${userId(1)}/getMemberGroups`, { securityEnabledOnly: false }),
      status: 200,
      check: ({ body }) => (at(body, 'value.length') === MOST ? undefined : 'another number'),
    },
    {
      lines: ['3/6', '8/2'],
      says: 'refuses to tell more than 11,000 groups',
      ask: post(`/users/${userId(2)}/getMemberGroups`, { securityEnabledOnly: false }),
      status: 400,
      code: 'Directory_ResultSizeLimitExceeded',
    },
    {
      lines: ['3/6'],
      says: 'checks a user against single groups nevertheless',
      ask: post(`/users/${userId(2)}/checkMemberGroups`, { groupIds: [groupId(MOST + 1)] }),
      status: 200,
      values: { value: [groupId(MOST + 1)] },
    },
  ],
};
