import { at } from '../check-fact.ts';
import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { userId } from './contoso.ts';
import { as, eventual, holds, idsOf, item } from './list-asks.ts';
import { applications, groups, memberCompany } from './member-company.ts';

const { membersOnly, members, usersOnly, nothing } = applications;
const { root, hidden, nested } = groups;
const denied = { status: 403, code: 'Authorization_RequestDenied' } as const;

/** What an application sees of members, by its permissions. */
export const memberAccessFacts: FactGroup = {
  title: 'permission to read members',
  world: () => openFactWorld({ directory: memberCompany() }),
  facts: [
    {
      lines: ['3/10'],
      says: 'shows members whose type may not be read by their type and id only',
      ask: as(membersOnly, `/groups/${root}/members`),
      status: 200,
      check: (answer) => {
        const { id, displayName, ...rest } = item(answer, userId(1)) as Record<string, unknown>;
        const others = Object.entries(rest).filter(([name, value]) => name !== '@odata.type' && value !== null);
        return id === userId(1) && displayName === null && others.length === 0 ? undefined : 'more than that';
      },
    },
    {
      lines: ['3/10'],
      says: 'shows nested groups whole to who may read groups',
      ask: as(membersOnly, `/groups/${root}/members`),
      status: 200,
      check: (answer) => (at(item(answer, nested), 'displayName') === 'Group 2' ? undefined : 'no name'),
    },
    {
      lines: ['3/10'],
      says: 'shows people whole to who may read users too',
      ask: as(members, `/groups/${root}/members`),
      status: 200,
      check: (answer) => (at(item(answer, userId(1)), 'displayName') === 'User 1' ? undefined : 'no name'),
    },
    {
      lines: ['3/10'],
      says: 'hides properties from a cast in the same way',
      ask: as(membersOnly, `/groups/${root}/members/microsoft.graph.user?$select=id,mail,displayName`),
      status: 200,
      values: { 'value.0': { id: userId(1), mail: null, displayName: null } },
    },
    {
      lines: ['3/10'],
      says: 'hides properties of expanded members in the same way',
      ask: as(membersOnly, `/groups/${groups.dynamic}?$expand=members`),
      status: 200,
      values: { 'members.0.displayName': null, 'members.0.id': userId(1) },
    },
    {
      lines: ['3/11'],
      says: 'lists members for GroupMember.Read.All alone',
      ask: as(membersOnly, `/groups/${root}/members?$select=id`),
      status: 200,
    },
    {
      lines: ['3/11'],
      says: 'lists transitive members for GroupMember.Read.All alone',
      ask: as(membersOnly, `/groups/${root}/transitiveMembers?$select=id`),
      status: 200,
    },
    {
      lines: ['3/11'],
      says: 'denies members to User.Read.All',
      ask: as(usersOnly, `/groups/${root}/members`),
      ...denied,
    },
    {
      lines: ['3/11'],
      says: 'denies transitive members to an application without permissions',
      ask: as(nothing, `/groups/${root}/transitiveMembers`),
      ...denied,
    },
    {
      lines: ['3/11'],
      says: 'denies hidden members without Member.Read.Hidden',
      ask: as(members, `/groups/${hidden}/members`),
      ...denied,
    },
    {
      lines: ['3/11'],
      says: 'denies hidden transitive members without Member.Read.Hidden',
      ask: as(members, `/groups/${hidden}/transitiveMembers`),
      ...denied,
    },
    {
      lines: ['3/11'],
      says: 'does not look into nested groups with hidden members',
      ask: as(members, `/groups/${groups.around}/transitiveMembers?$select=id`),
      status: 200,
      check: holds(hidden),
    },
    {
      lines: ['3/11'],
      says: 'denies the number of hidden members without Member.Read.Hidden',
      ask: as(members, `/groups/${hidden}/members/$count`, eventual),
      ...denied,
    },
    {
      lines: ['3/11'],
      says: 'lists hidden members with Member.Read.Hidden',
      ask: get(`/groups/${hidden}/members?$select=id`),
      status: 200,
      check: holds(userId(1)),
    },
    {
      lines: ['3/11'],
      says: 'expands no hidden members without Member.Read.Hidden',
      ask: as(members, `/groups/${hidden}?$expand=members`),
      status: 200,
      values: { members: [] },
    },
    {
      lines: ['3/11'],
      says: 'does not tell of whom a hidden group consists from the other end either',
      ask: as(members, `/users/${userId(1)}/memberOf?$select=id`),
      status: 200,
      check: (answer) => (idsOf(answer).includes(hidden) ? 'the group is there' : undefined),
    },
    {
      lines: ['3/11'],
      says: 'tells it with Member.Read.Hidden',
      ask: get(`/users/${userId(1)}/memberOf?$select=id`),
      status: 200,
      check: (answer) => (idsOf(answer).includes(hidden) ? undefined : 'the group is missing'),
    },
  ],
};
