import { at } from '../check-fact.ts';
import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get, post } from '../requests.ts';
import { userId } from './contoso.ts';
import { advanced, eventual, holds, holdsItems, item } from './list-asks.ts';
import { groups, memberCompany, otherMembers } from './member-company.ts';

const { root, nested, deep, microsoft365, dynamic, empty } = groups;
const { device, contact, servicePrincipal } = otherMembers;
const person = '/microsoft.graph.user';

/** Whom a group holds, directly and all the way down. */
export const memberFacts: FactGroup = {
  title: 'members of groups',
  world: () => openFactWorld({ directory: memberCompany() }),
  facts: [
    {
      lines: ['3/1'],
      says: 'lists direct members at /members',
      ask: get(`/groups/${root}/members`),
      status: 200,
      check: holds(userId(1), userId(2), nested, device, contact),
    },
    {
      lines: ['3/1'],
      says: 'lists everybody below, nested groups included, once each and flat at /transitiveMembers',
      ask: get(`/groups/${root}/transitiveMembers`),
      status: 200,
      check: holds(userId(1), userId(2), userId(3), userId(4), nested, deep, device, contact),
    },
    {
      lines: ['3/1'],
      says: 'lists nobody of a group without members',
      ask: get(`/groups/${empty}/transitiveMembers`),
      status: 200,
      check: holds(),
    },
    {
      lines: ['3/2', '3/16'],
      says: 'casts transitive members to users',
      ask: advanced(`/groups/${root}/transitiveMembers${person}`),
      status: 200,
      values: { '@odata\\.count': 4 },
      check: holds(userId(1), userId(2), userId(3), userId(4)),
    },
    {
      lines: ['3/2'],
      says: 'refuses the cast of transitive members without the header',
      ask: get(`/groups/${root}/transitiveMembers${person}?$count=true`),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/2'],
      says: 'refuses the cast of transitive members without $count=true',
      ask: get(`/groups/${root}/transitiveMembers${person}`, eventual),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/2'],
      says: 'casts direct members without the header',
      ask: get(`/groups/${root}/members${person}`),
      status: 200,
      check: holds(userId(1), userId(2)),
    },
    {
      lines: ['3/2'],
      says: 'counts members as plain text with the header',
      ask: get(`/groups/${root}/transitiveMembers/$count`, eventual),
      status: 200,
      headers: { 'content-type': /^text\/plain/ },
      check: ({ body }) => (body === '8' ? undefined : `the count is ${String(body)}`),
    },
    {
      lines: ['3/2'],
      says: 'counts members of one type',
      ask: get(`/groups/${root}/members${person}/$count`, eventual),
      status: 200,
      check: ({ body }) => (body === '2' ? undefined : `the count is ${String(body)}`),
    },
    {
      lines: ['3/2'],
      says: 'refuses to count members without the header',
      ask: get(`/groups/${root}/members/$count`),
      status: 400,
      code: 'Request_BadRequest',
      values: { 'error.message': '$count is not currently supported.' },
    },
    {
      lines: ['3/2'],
      says: 'refuses to filter members in a basic query',
      ask: get(`/groups/${root}/members?$filter=startswith(displayName,'User')`),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/2'],
      says: 'filters members in an advanced query',
      ask: advanced(`/groups/${root}/members?$filter=startswith(displayName,'User')`),
      status: 200,
      check: holds(userId(1), userId(2)),
    },
    {
      lines: ['3/2'],
      says: 'filters by what only one type of member has',
      ask: advanced(`/groups/${root}/members?$filter=userPrincipalName eq 'user2@contoso.example'`),
      status: 200,
      check: holds(userId(2)),
    },
    {
      lines: ['3/2'],
      says: 'refuses to sort members in a basic query',
      ask: get(`/groups/${root}/members?$orderby=displayName`),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/2'],
      says: 'sorts members in an advanced query',
      ask: advanced(`/groups/${root}/transitiveMembers${person}?$orderby=displayName desc&$select=displayName`),
      status: 200,
      values: { 'value.0': { displayName: 'User 4' } },
    },
    {
      lines: ['3/2'],
      says: 'refuses to search members without the header',
      ask: get(`/groups/${root}/members?$search="displayName:user"`),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/2'],
      says: 'searches members with the header',
      ask: get(`/groups/${root}/transitiveMembers?$search="displayName:user"`, eventual),
      status: 200,
      check: holds(userId(1), userId(2), userId(3), userId(4)),
    },
    {
      lines: ['3/7'],
      says: 'takes a service principal as a member',
      ask: post(`/groups/${root}/members/$ref`, {
        '@odata.id': `https://x/v1.0/directoryObjects/${servicePrincipal}`,
      }),
      status: 204,
    },
    {
      lines: ['3/7'],
      says: 'names the type of each member, and leaves service principals out',
      ask: get(`/groups/${root}/members?$select=id`),
      status: 200,
      check: (answer) => {
        const types = [userId(1), nested, device, contact].map((id) => at(item(answer, id), '@odata\\.type'));
        const wanted = ['user', 'group', 'device', 'orgContact'].map((type) => `#microsoft.graph.${type}`);
        if (item(answer, servicePrincipal) !== undefined) return 'the service principal is there';
        return types.join() === wanted.join() ? undefined : `types ${types.join()}`;
      },
    },
    {
      lines: ['3/7'],
      says: 'shows the service principals among the members that are expanded',
      ask: get(`/groups/${root}?$expand=members`),
      status: 200,
      check: ({ body }) =>
        (at(body, 'members') as unknown[]).some((member) => at(member, 'id') === servicePrincipal)
          ? undefined
          : 'it is not there',
    },
    {
      lines: ['3/7'],
      says: 'shows the service principals in a cast to them',
      ask: get(`/groups/${root}/members/microsoft.graph.servicePrincipal`),
      status: 200,
      check: holds(servicePrincipal),
    },
    {
      lines: ['3/8'],
      says: 'lists groups in a security group',
      ask: get(`/groups/${root}/members/microsoft.graph.group`),
      status: 200,
      check: holds(nested),
    },
    {
      lines: ['3/8'],
      says: 'refuses to cast members of a Microsoft 365 group to groups',
      ask: advanced(`/groups/${microsoft365}/members/microsoft.graph.group`),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/8'],
      says: 'refuses a group as member of a Microsoft 365 group',
      ask: post(`/groups/${microsoft365}/members/$ref`, { '@odata.id': `https://x/v1.0/directoryObjects/${nested}` }),
      status: 400,
      code: 'Request_BadRequest',
    },
    {
      lines: ['3/9'],
      says: 'lists the members of a dynamic group like those of any other',
      ask: get(`/groups/${dynamic}/members?$select=id`),
      status: 200,
      check: holds(userId(1), userId(2)),
    },
    {
      lines: ['3/9'],
      says: 'shows the rule of a dynamic group',
      ask: get(`/groups/${dynamic}`),
      status: 200,
      values: { groupTypes: ['DynamicMembership'], membershipRuleProcessingState: 'On' },
      types: { membershipRule: 'string' },
    },
    {
      lines: ['3/12'],
      says: 'selects properties of people in a cast',
      ask: get(`/groups/${root}/members${person}?$select=displayName,userPrincipalName`),
      status: 200,
      values: { 'value.0': { displayName: 'User 1', userPrincipalName: 'user1@contoso.example' } },
    },
    {
      lines: ['3/12'],
      says: 'leaves out of an uncast list what the type of a member does not have',
      ask: get(`/groups/${root}/members?$select=id,userPrincipalName`),
      status: 200,
      check: (answer) => {
        if (at(item(answer, userId(1)), 'userPrincipalName') !== 'user1@contoso.example') return 'no UPN of the user';
        return at(item(answer, nested), 'userPrincipalName') === undefined ? undefined : 'a UPN of the group';
      },
    },
    {
      lines: ['3/12'],
      says: 'refuses to select from an uncast list what no type of member has',
      ask: get(`/groups/${root}/members?$select=shoeSize`),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['3/15'],
      says: 'ignores $count=true without the header',
      ask: get(`/groups/${root}/members?$count=true`),
      status: 200,
      absent: ['@odata\\.count'],
      check: holdsItems(5),
    },
    {
      lines: ['3/16'],
      says: 'shows items of a cast without their type, in the context of it',
      ask: advanced(`/groups/${root}/transitiveMembers${person}?$select=displayName,id`),
      status: 200,
      absent: ['value.0.@odata\\.type'],
      values: { '@odata\\.context': /\$metadata#users\(displayName,id\)$/ },
    },
    {
      lines: ['3/16'],
      says: 'shows items of an uncast list in the context of directoryObjects',
      ask: get(`/groups/${root}/members`),
      status: 200,
      keys: ['value.0.@odata\\.type'],
      values: { '@odata\\.context': /\$metadata#directoryObjects$/ },
    },
    {
      lines: ['3/17'],
      says: 'charges 3 resource units for members',
      ask: get(`/groups/${root}/members`),
      headers: { 'x-ms-resource-unit': '3' },
    },
    {
      lines: ['3/17'],
      says: 'charges 5 resource units for transitive members, and one less with $select',
      ask: get(`/groups/${root}/transitiveMembers?$select=id`),
      headers: { 'x-ms-resource-unit': '4' },
    },
  ],
};
