import { at } from '../check-fact.ts';
import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { post } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { holds } from './list-asks.ts';

const both = [userId(1), groupId(1)];
const users = (count: number): string[] => Array.from({ length: count }, (_, n) => userId(n));

function ask(ids: readonly string[], types?: readonly string[], query = ''): Fact['ask'] {
  return post(`/directoryObjects/getByIds${query}`, types === undefined ? { ids } : { ids, types });
}

/** Objects of any type by their ids. */
export const getByIdsFacts: FactGroup = {
  title: 'getByIds',
  world: () => openFactWorld({ directory: contoso([user(1, { department: 'Sales' })], [group(1)]) }),
  facts: [
    { lines: ['3/18'], says: 'gives objects of every type', ask: ask(both), status: 200, check: holds(...both) },
    {
      lines: ['3/18'],
      says: 'gives only objects of the wanted types',
      ask: ask(both, ['group']),
      status: 200,
      values: { 'value.0.@odata\\.type': '#microsoft.graph.group' },
      check: holds(groupId(1)),
    },
    {
      lines: ['3/18'],
      says: 'leaves out what does not exist, without a word',
      ask: ask([userId(1), userId(2)]),
      status: 200,
      check: holds(userId(1)),
    },
    { lines: ['3/18'], says: 'takes a thousand ids', ask: ask(users(1000)), status: 200, check: holds(userId(1)) },
    {
      lines: ['3/18'],
      says: 'refuses more than a thousand ids',
      ask: ask(users(1001)),
      status: 400,
      code: 'Request_BadRequest',
    },
    {
      lines: ['3/18'],
      says: 'refuses no ids',
      ask: ask([]),
      status: 400,
      code: 'Request_BadRequest',
    },
    {
      lines: ['3/18'],
      says: 'shows few properties of a user without $select',
      ask: ask([userId(1)]),
      status: 200,
      absent: ['value.0.department', 'value.0.accountEnabled'],
    },
    {
      lines: ['3/18'],
      says: 'shows those that are selected',
      ask: ask([userId(1)], ['user'], '?$select=id,department'),
      status: 200,
      values: { 'value.0.department': 'Sales' },
      check: ({ body }) => (at(body, 'value.0.displayName') === undefined ? undefined : 'more than that'),
    },
  ],
};
