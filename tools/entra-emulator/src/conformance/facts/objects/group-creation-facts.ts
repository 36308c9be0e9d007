import { at } from '../../check-fact.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { contoso, group, groupId, user, userId } from '../contoso.ts';
import { create, invalid, microsoft365, refuses, takes, urls } from './new-group.ts';

const users = Array.from({ length: 25 }, (_, n) => user(n));

const directory = contoso(users, [group(1), group(2, [], { ...microsoft365, mailNickname: 'sales' })]);

const ids = (from: number, to: number): string[] => users.slice(from, to).map(({ id }) => id);

function without(name: string): Fact {
  const message = `A value is required for property '${name}' of resource 'Group'.`;
  return refuses(['8/1', '8/2'], `group without ${name}`, { [name]: undefined }, message);
}

/** How groups of each kind are made. */
export const groupCreationFacts: FactGroup = {
  title: 'making groups',
  world: () => openFactWorld({ directory }),
  facts: [
    takes(['3/8'], 'a security group', {}, { groupTypes: [], mail: null, visibility: null, securityEnabled: true }),
    {
      lines: ['3/8'],
      says: 'makes a Microsoft 365 group, with a mailbox by its nickname',
      ask: create({ ...microsoft365, mailNickname: 'library' }),
      status: 201,
      values: {
        groupTypes: ['Unified'],
        mail: 'library@contoso.example',
        proxyAddresses: ['SMTP:library@contoso.example'],
        visibility: 'Public',
      },
    },
    without('displayName'),
    without('mailEnabled'),
    without('mailNickname'),
    without('securityEnabled'),
    refuses(
      ['3/8'],
      'distribution list',
      { mailEnabled: true, securityEnabled: false },
      'Cannot Create a mail-enabled security groups and or distribution list.',
    ),
    refuses(['3/8'], 'mail-enabled security group', { mailEnabled: true }, /^Cannot Create a mail-enabled security/),
    refuses(['3/8'], 'group that is neither', { securityEnabled: false }, /security-enablement property is set\.$/),
    invalid(['3/8'], 'Microsoft 365 group without mail', 'mailEnabled', { ...microsoft365, mailEnabled: false }),
    takes(['3/8'], 'a Microsoft 365 group that is a security group too', { ...microsoft365, securityEnabled: true }),
    invalid(['3/8'], 'group of a type that there is not', 'groupTypes', { groupTypes: ['Team'] }),
    invalid(['8/1'], 'group with a dot in its nickname', 'mailNickname', { mailNickname: 'first.crew' }),
    invalid(['8/1'], 'group with a space in its nickname', 'mailNickname', { mailNickname: 'first crew' }),
    invalid(['8/1'], 'group with a nickname of 65 characters', 'mailNickname', { mailNickname: 'x'.repeat(65) }),
    takes(['8/1'], 'a group with a nickname of 64 characters', { mailNickname: 'x'.repeat(64) }),
    invalid(['8/1'], 'group with a name of 257 characters', 'displayName', { displayName: 'x'.repeat(257) }),
    takes(['8/1'], 'a group with a name of 256 characters', { displayName: 'x'.repeat(256) }),
    invalid(['8/1'], 'group with a description of 1025 characters', 'description', { description: 'x'.repeat(1025) }),
    takes(['8/1'], 'a group with a description of 1024 characters', { description: 'x'.repeat(1024) }),
    refuses(
      ['8/1'],
      'Microsoft 365 group with the nickname of another',
      { ...microsoft365, mailNickname: 'Sales' },
      'Another object with the same value for property mailNickname already exists.',
    ),
    takes(['8/1'], 'a security group with the nickname of another', { mailNickname: 'group1' }),
    refuses(['8/1'], 'group with a mail of its own', { mail: 'x@contoso.example' }, /^Property 'mail' is read-only/),
    invalid(['8/1'], 'security group with hidden members', 'visibility', { visibility: 'HiddenMembership' }),
    takes(['3/11'], 'a Microsoft 365 group with hidden members', { ...microsoft365, visibility: 'HiddenMembership' }),
    takes(
      ['8/1'],
      'a group that roles can be assigned to, private',
      { isAssignableToRole: true },
      { visibility: 'Private' },
    ),
    invalid(['8/1'], 'group for roles that is no security group', 'isAssignableToRole', {
      ...microsoft365,
      isAssignableToRole: true,
    }),
    {
      lines: ['3/9'],
      says: 'answers 501 to a rule that makes members',
      ask: create({ groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Lund"' }),
      status: 501,
      code: 'NotImplemented',
    },
    {
      lines: ['8/1'],
      says: 'makes a group of 20 members and owners',
      ask: async (world) => {
        const bind = { 'members@odata.bind': urls(ids(0, 19)), 'owners@odata.bind': urls(ids(19, 20)) };
        const { body } = await create(bind)(world);
        return world.call('GET', `/groups/${String(at(body, 'id'))}/members?$select=id`);
      },
      check: ({ body }) => ((at(body, 'value') as unknown[]).length === 19 ? undefined : 'not 19 members'),
    },
    refuses(
      ['8/1'],
      'group of 21 members and owners',
      { 'members@odata.bind': urls(ids(0, 20)), 'owners@odata.bind': urls(ids(20, 21)) },
      /exceeds the limit of 20/,
    ),
    {
      lines: ['8/2'],
      says: 'makes no group with a member who is not there',
      ask: create({ 'members@odata.bind': urls([userId(99)]) }),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    refuses(
      ['3/8'],
      'Microsoft 365 group with a group in it',
      { ...microsoft365, 'members@odata.bind': urls([groupId(1)]) },
      /^Security Groups cannot be added to Unified Groups\./,
    ),
  ],
};
