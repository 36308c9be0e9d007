import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get, post } from '../requests.ts';
import { userId } from './contoso.ts';
import { advanced, eventual, holds } from './list-asks.ts';
import { groups, memberCompany } from './member-company.ts';

const MINUTE = 60_000;

const { empty } = groups;

/** How the index of advanced queries follows the directory. */
export const indexLagFacts: FactGroup = {
  title: 'the index of advanced queries',
  world: () => openFactWorld({ directory: memberCompany(), indexLag: { ms: MINUTE } }),
  facts: [
    {
      lines: ['3/3'],
      says: 'takes a new member',
      ask: post(`/groups/${empty}/members/$ref`, { '@odata.id': `https://x/v1.0/directoryObjects/${userId(1)}` }),
      status: 204,
    },
    {
      lines: ['3/3'],
      says: 'shows it in the plain list at once',
      ask: get(`/groups/${empty}/members?$select=id`),
      status: 200,
      check: holds(userId(1)),
    },
    {
      lines: ['3/3'],
      says: 'misses it in the cast, which the index answers',
      ask: advanced(`/groups/${empty}/transitiveMembers/microsoft.graph.user`),
      status: 200,
      values: { '@odata\\.count': 0 },
      check: holds(),
    },
    {
      lines: ['3/3'],
      says: 'misses it in the count',
      ask: get(`/groups/${empty}/members/$count`, eventual),
      status: 200,
      check: ({ body }) => (body === '0' ? undefined : `the count is ${String(body)}`),
    },
    {
      lines: ['3/3'],
      says: 'shows it in the cast when the index has caught up',
      ask: async (world) => {
        world.advance(MINUTE);
        return advanced(`/groups/${empty}/transitiveMembers/microsoft.graph.user`)(world);
      },
      status: 200,
      values: { '@odata\\.count': 1 },
      check: holds(userId(1)),
    },
  ],
};
