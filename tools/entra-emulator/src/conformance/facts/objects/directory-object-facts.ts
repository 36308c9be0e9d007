import { after, get, post } from '../../requests.ts';
import { at } from '../../check-fact.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { contoso, group, groupId, user, userId } from '../contoso.ts';

const deviceId = '40000000-0000-4000-8000-000000000001';
const contactId = '30000000-0000-4000-8000-000000000001';
const asUser = (n: number) => ({ '@odata.type': '#microsoft.graph.user' as const, id: userId(n) });

const directory = contoso(
  [user(1), user(2), user(3)],
  [
    group(1, [userId(1)], { owners: [asUser(2)] }),
    group(2, [groupId(1)], { securityEnabled: false, mailEnabled: true, groupTypes: ['Unified'], members: [] }),
    group(3, [groupId(1)]),
    group(4, [], { members: [{ '@odata.type': '#microsoft.graph.device', id: deviceId }] }),
  ],
  {
    devices: [{ id: deviceId, deviceId: '50000000-0000-4000-8000-000000000001', displayName: 'Laptop' }],
    contacts: [{ id: contactId, displayName: 'Outside Adviser' }],
    directoryRoles: [{ displayName: 'User Administrator', members: [{ id: userId(1) }] }],
  },
);

const template = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const twentyOne = Array.from({ length: 21 }, (_, n) => groupId(n));

function ids(says: string, ask: Fact['ask'], expected: readonly string[]): Fact {
  return { lines: ['3/6'], says, ask, status: 200, values: { value: expected } };
}

function refused(says: string, ask: Fact['ask']): Fact {
  return { lines: ['8/2'], says, ask, status: 400, code: 'Request_BadRequest' };
}

const one = `/users/${userId(1)}`;

/** Objects of whatever kind, and what they are in. */
export const directoryObjectFacts: FactGroup = {
  title: 'directory objects',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['3/7'],
      says: 'reads an object by its id alone, with its type',
      ask: get(`/directoryObjects/${userId(1)}`),
      status: 200,
      values: { '@odata\\.type': '#microsoft.graph.user', '@odata\\.context': /#directoryObjects\/\$entity$/ },
    },
    {
      lines: ['8/2'],
      says: 'knows no object by an id that is nobody',
      ask: get(`/directoryObjects/${userId(99)}`),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['3/18'],
      says: 'finds objects of every type by their ids, and leaves out what is not there',
      ask: post('/directoryObjects/getByIds', { ids: [userId(1), groupId(1), deviceId, contactId, userId(99)] }),
      status: 200,
      check: ({ body }) => {
        const types = (at(body, 'value') as object[]).map((item) => at(item, '@odata\\.type'));
        const expected = ['user', 'group', 'device', 'orgContact'].map((kind) => `#microsoft.graph.${kind}`);
        return types.join() === expected.join() ? undefined : `found ${types.join()}`;
      },
    },
    {
      lines: ['3/18'],
      says: 'finds those of the wanted types alone',
      ask: post('/directoryObjects/getByIds', { ids: [userId(1), groupId(1), deviceId], types: ['Group', 'device'] }),
      check: ({ body }) => ((at(body, 'value') as object[]).length === 2 ? undefined : 'not two'),
    },
    {
      lines: ['3/18'],
      says: 'takes a thousand ids',
      ask: post('/directoryObjects/getByIds', { ids: Array.from({ length: 1000 }, (_, n) => userId(n)) }),
      status: 200,
    },
    {
      lines: ['3/18'],
      says: 'refuses a thousand and one',
      ask: post('/directoryObjects/getByIds', { ids: Array.from({ length: 1001 }, (_, n) => userId(n)) }),
      status: 400,
      code: 'Request_BadRequest',
    },
    { lines: ['3/7'], says: 'lists devices', ask: get('/devices'), status: 200, values: { 'value.0.id': deviceId } },
    {
      lines: ['3/7'],
      says: 'reads a device by its id',
      ask: get(`/devices/${deviceId}?$select=displayName`),
      values: { displayName: 'Laptop', '@odata\\.context': /#devices\(displayName\)\/\$entity$/ },
    },
    {
      lines: ['3/7'],
      says: 'reads a device by its deviceId',
      ask: get("/devices(deviceId='50000000-0000-4000-8000-000000000001')"),
      values: { id: deviceId },
    },
    { lines: ['8/2'], says: 'knows no device by the id of a user', ask: get(`/devices/${userId(1)}`), status: 404 },
    { lines: ['3/7'], says: 'lists contacts', ask: get('/contacts'), values: { 'value.0.id': contactId } },
    {
      lines: ['3/7'],
      says: 'shows what a device is in',
      ask: get(`/devices/${deviceId}/memberOf?$select=id`),
      values: { 'value.0.id': groupId(4) },
    },
    { lines: ['8/1'], says: 'answers 501 to a new device', ask: post('/devices', {}), status: 501 },
    ids(
      'checks groups through other groups',
      post(`${one}/checkMemberGroups`, { groupIds: [groupId(3), groupId(4)] }),
      [groupId(3)],
    ),
    refused('checks no more than 20 groups', post(`${one}/checkMemberGroups`, { groupIds: twentyOne })),
    refused('checks no groups without ids', post(`${one}/checkMemberGroups`, {})),
    ids('gets all groups', post(`${one}/getMemberGroups`, { securityEnabledOnly: false }), [groupId(1), groupId(3)]),
    refused('gets no groups without the switch', post(`${one}/getMemberGroups`, {})),
    refused(
      'gets the security groups alone of people, not of groups',
      post(`/groups/${groupId(1)}/getMemberGroups`, { securityEnabledOnly: true }),
    ),
    ids('gets all groups of a group', post(`/groups/${groupId(1)}/getMemberGroups`, { securityEnabledOnly: false }), [
      groupId(3),
    ]),
    ids(
      'checks roles by their template',
      post(`${one}/checkMemberObjects`, { ids: [template, groupId(1), groupId(4)] }),
      [template, groupId(1)],
    ),
    {
      lines: ['3/6'],
      says: 'gets roles beside groups',
      ask: post(`${one}/getMemberObjects`, { securityEnabledOnly: false }),
      check: ({ body }) => ((at(body, 'value') as unknown[]).length === 3 ? undefined : 'not two groups and a role'),
    },
    ids('gets no roles of security groups alone', post(`${one}/getMemberObjects`, { securityEnabledOnly: true }), [
      groupId(1),
      groupId(3),
    ]),
    ids(
      'answers the same by the id alone',
      post(`/directoryObjects/${userId(1)}/getMemberGroups`, { securityEnabledOnly: false }),
      [groupId(1), groupId(3)],
    ),
    {
      lines: ['8/2'],
      says: 'gets no groups of somebody in the recycle bin',
      ask: after(
        (world) => world.call('DELETE', `/users/${userId(3)}`),
        post(`/users/${userId(3)}/getMemberGroups`, { securityEnabledOnly: false }),
      ),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['3/7'],
      says: 'lists the owners of a group',
      ask: get(`/groups/${groupId(1)}/owners?$select=id`),
      values: { 'value.0.id': userId(2), '@odata\\.context': /#directoryObjects\(id\)$/ },
    },
    {
      lines: ['3/7'],
      says: 'lists what somebody owns',
      ask: get(`/users/${userId(2)}/ownedObjects?$select=id`),
      values: { 'value.0.id': groupId(1) },
    },
  ],
};
