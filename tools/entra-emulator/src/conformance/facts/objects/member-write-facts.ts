import { after, get, patch, post, remove } from '../../requests.ts';
import { at } from '../../check-fact.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { contoso, group, groupId, user, userId } from '../contoso.ts';
import { microsoft365, reference, urls } from './new-group.ts';

const deviceId = '40000000-0000-4000-8000-000000000001';
const [security, nested, unified, otherUnified, list, synchronised, forRoles, dynamic] = [1, 2, 3, 4, 5, 6, 7, 8].map(
  groupId,
) as [string, string, string, string, string, string, string, string];

const users = Array.from({ length: 30 }, (_, n) => user(n));
const asUser = (n: number) => ({ '@odata.type': '#microsoft.graph.user' as const, id: userId(n) });

const directory = contoso(
  users,
  [
    group(1, [userId(1)], { owners: [asUser(1), asUser(2)] }),
    group(2, [security]),
    group(3, [], microsoft365),
    group(4, [], microsoft365),
    group(5, [], { mailEnabled: true, securityEnabled: false }),
    group(6, [userId(1)], { onPremisesSyncEnabled: true }),
    group(7, [userId(1)], { isAssignableToRole: true, owners: [asUser(1)] }),
    group(8, [userId(1)], { groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Lund"' }),
  ],
  { devices: [{ id: deviceId, displayName: 'Laptop' }] },
);

function add(groupTo: string, path: string, relation = 'members'): Fact['ask'] {
  return post(`/groups/${groupTo}/${relation}/$ref`, reference(path));
}

function takes(lines: readonly string[], says: string, ask: Fact['ask']): Fact {
  return { lines, says, ask, status: 204 };
}

function refuses(lines: readonly string[], says: string, ask: Fact['ask'], message: string | RegExp): Fact {
  return { lines, says, ask, status: 400, code: 'Request_BadRequest', values: { 'error.message': message } };
}

function denies(says: string, ask: Fact['ask']): Fact {
  return { lines: ['3/9', '8/2'], says, ask, status: 403, code: 'Authorization_RequestDenied' };
}

const invalidMembers = "An invalid operation was included in the following modified references: 'members'.";
const repeated = (relation: string): string =>
  `One or more added object references already exist for the following modified properties: '${relation}'.`;

/** How members come and go. */
export const memberWriteFacts: FactGroup = {
  title: 'writing members',
  world: () => openFactWorld({ directory }),
  facts: [
    takes(['3/7'], 'adds a user to a security group', add(security, `directoryObjects/${userId(3)}`)),
    refuses(['8/1'], 'adds nobody twice', add(security, `directoryObjects/${userId(3)}`), repeated('members')),
    takes(['3/7'], 'adds a device to a security group', add(security, `devices/${deviceId}`)),
    takes(
      ['3/7', '3/8'],
      'adds a group to a security group, even where that closes a circle',
      add(security, `groups/${nested}`),
    ),
    {
      lines: ['3/1'],
      says: 'lists who is in a circle once each, without the group itself',
      ask: get(`/groups/${security}/transitiveMembers?$select=id`),
      check: ({ body }) => {
        const ids = (at(body, 'value') as { id: string }[]).map(({ id }) => id).sort();
        return ids.join() === [userId(1), userId(3), nested, deviceId].sort().join()
          ? undefined
          : `found ${ids.join()}`;
      },
    },
    refuses(['3/8'], 'adds no group to itself', add(security, `groups/${security}`), invalidMembers),
    refuses(
      ['3/8'],
      'adds no Microsoft 365 group to a security group',
      add(security, `groups/${unified}`),
      invalidMembers,
    ),
    refuses(
      ['3/8'],
      'adds no security group to a Microsoft 365 group',
      add(unified, `groups/${security}`),
      /^Security Groups cannot be added to Unified Groups\./,
    ),
    refuses(
      ['3/8'],
      'adds no Microsoft 365 group to a Microsoft 365 group',
      add(unified, `groups/${otherUnified}`),
      /^Unified Groups cannot be added to Unified Groups\./,
    ),
    refuses(['3/7'], 'adds no device to a Microsoft 365 group', add(unified, `devices/${deviceId}`), invalidMembers),
    takes(['3/7'], 'adds a user to a Microsoft 365 group', add(unified, `users/${userId(1)}`)),
    {
      lines: ['8/2'],
      says: 'adds nobody who is not there',
      ask: add(security, `directoryObjects/${userId(99)}`),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    refuses(['8/1'], 'adds nobody by anything but a URL', post(`/groups/${security}/members/$ref`, {}), /@odata\.id/),
    takes(
      ['8/1'],
      'adds twenty at once',
      patch(`/groups/${security}`, { 'members@odata.bind': urls(users.slice(5, 25).map(({ id }) => id)) }),
    ),
    refuses(
      ['8/1'],
      'adds no twenty-one at once',
      patch(`/groups/${unified}`, { 'members@odata.bind': urls(users.slice(5, 26).map(({ id }) => id)) }),
      /exceeds the limit of 20/,
    ),
    {
      lines: ['8/1'],
      says: 'adds nobody when one of them is there already',
      ask: after(
        patch(`/groups/${security}`, { 'members@odata.bind': urls([userId(28), userId(3)]) }),
        get(`/users/${userId(28)}/memberOf`),
      ),
      values: { value: [] },
    },
    takes(['8/1'], 'removes a member', remove(`/groups/${security}/members/${userId(3)}/$ref`)),
    {
      lines: ['8/2'],
      says: 'removes nobody who is no member',
      ask: remove(`/groups/${security}/members/${userId(3)}/$ref`),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['8/1'],
      says: 'answers 501 to a deletion through the member itself, which would delete it',
      ask: remove(`/groups/${security}/members/${userId(1)}`),
      status: 501,
      code: 'NotImplemented',
    },
    denies('adds nobody where a rule decides', add(dynamic, `users/${userId(2)}`)),
    denies('removes nobody where a rule decides', remove(`/groups/${dynamic}/members/${userId(1)}/$ref`)),
    refuses(
      ['8/1'],
      'leaves a distribution list to Exchange',
      add(list, `users/${userId(1)}`),
      /^Cannot Update a mail-enabled/,
    ),
    refuses(
      ['8/1'],
      'leaves a group to its directory on premises',
      remove(`/groups/${synchronised}/members/${userId(1)}/$ref`),
      /on-premises mastered/,
    ),
    refuses(
      ['8/1'],
      'nests nothing in a group for roles',
      add(forRoles, `groups/${security}`),
      /^Nesting is currently not supported/,
    ),
    takes(['8/1'], 'adds a user to a group for roles', add(forRoles, `users/${userId(2)}`)),
  ],
};

/** How owners come and go. */
export const ownerWriteFacts: FactGroup = {
  title: 'writing owners',
  world: () => openFactWorld({ directory }),
  facts: [
    takes(['8/1'], 'adds an owner', add(security, `users/${userId(3)}`, 'owners')),
    refuses(['8/1'], 'adds no owner twice', add(security, `users/${userId(3)}`, 'owners'), repeated('owners')),
    refuses(
      ['8/1'],
      'lets no group own a group',
      add(security, `groups/${nested}`, 'owners'),
      "An invalid operation was included in the following modified references: 'owners'.",
    ),
    takes(['8/1'], 'removes an owner', remove(`/groups/${security}/owners/${userId(3)}/$ref`)),
    {
      lines: ['8/2'],
      says: 'removes no owner who is none',
      ask: remove(`/groups/${security}/owners/${userId(3)}/$ref`),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    takes(['8/1'], 'removes the last owner but one', remove(`/groups/${security}/owners/${userId(1)}/$ref`)),
    refuses(
      ['8/1'],
      'keeps the last owner',
      remove(`/groups/${security}/owners/${userId(2)}/$ref`),
      'The group must have at least one owner, hence this owner cannot be removed.',
    ),
    takes(
      ['8/1'],
      'lets the last owner of a group for roles go',
      remove(`/groups/${forRoles}/owners/${userId(1)}/$ref`),
    ),
  ],
};
