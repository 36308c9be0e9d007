import { at } from '../../check-fact.ts';
import type { FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { post } from '../../requests.ts';
import { contoso, user, userId } from '../contoso.ts';
import { ada, create, refuses, takes, without } from './new-user.ts';

const directory = contoso([user(1, { proxyAddresses: ['SMTP:user1@contoso.example', 'smtp:first@contoso.example'] })]);

/** How users are made. */
export const userCreationFacts: FactGroup = {
  title: 'making users',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['4/1'],
      says: 'makes a user and shows the default set of properties',
      ask: create({}),
      status: 201,
      keys: ['id', '@odata\\.context'],
      absent: ['passwordProfile', 'accountEnabled'],
      values: { displayName: 'Ada', businessPhones: [], '@odata\\.context': /\$metadata#users\/\$entity$/ },
    },
    without('accountEnabled'),
    without('displayName'),
    without('mailNickname'),
    without('userPrincipalName'),
    refuses(
      ['8/1', '8/2'],
      'without a password',
      { passwordProfile: undefined },
      'A password must be specified to create a new user.',
    ),
    refuses(['8/1', '8/2'], 'with a weak password', { passwordProfile: { password: 'password' } }, /complexity/),
    refuses(['8/1', '8/2'], 'with a short password', { passwordProfile: { password: 'Ab1!' } }, /complexity/),
    takes(['8/1'], 'with a weak password where the policy allows it', {
      passwordProfile: { password: 'password' },
      passwordPolicies: 'DisableStrongPassword',
    }),
    {
      lines: ['8/1', '8/2'],
      says: 'makes no user whose UPN another one has, in whatever case',
      ask: post('/users', { ...ada, userPrincipalName: 'USER1@contoso.example' }),
      status: 400,
      code: 'Request_BadRequest',
      values: {
        'error.message': 'Another object with the same value for property userPrincipalName already exists.',
        'error.details.0.code': 'ObjectConflict',
        'error.details.0.target': 'userPrincipalName',
      },
    },
    {
      lines: ['8/1'],
      says: 'makes no user with a property that users do not have',
      ask: create({ shoeSize: 42 }),
      status: 400,
      code: 'BadRequest',
      values: { 'error.message': /^The property 'shoeSize' does not exist on type 'microsoft\.graph\.user'\./ },
    },
    takes(['8/1'], 'with an annotation, which it ignores', { '@odata.type': '#microsoft.graph.user' }),
    refuses(
      ['8/1'],
      'with proxyAddresses, which follow from mail',
      { proxyAddresses: ['SMTP:x@contoso.example'] },
      "Property 'proxyAddresses' is read-only and cannot be set.",
    ),
    {
      lines: ['4/8'],
      says: 'makes the mail of a new user an address of theirs',
      ask: async (world) => {
        const { body } = await create({ mail: 'ada@elsewhere.example' })(world);
        return world.call('GET', `/users/${String(at(body, 'id'))}?$select=mail,proxyAddresses`);
      },
      values: { mail: 'ada@elsewhere.example', proxyAddresses: ['SMTP:ada@elsewhere.example'] },
    },
    refuses(
      ['4/8'],
      'whose mail is an address of somebody else',
      { mail: 'FIRST@contoso.example' },
      'Another object with the same value for property proxyAddresses already exists.',
    ),
    {
      lines: ['4/12'],
      says: 'makes a user with a manager',
      ask: async (world) => {
        const bind = { 'manager@odata.bind': `https://graph.microsoft.com/v1.0/users/${userId(1)}` };
        const { body } = await create(bind)(world);
        return world.call('GET', `/users/${String(at(body, 'id'))}/manager`);
      },
      status: 200,
      values: { id: userId(1) },
    },
    {
      lines: ['8/1'],
      says: 'answers 501 to other identities than the UPN',
      ask: create({ identities: [{ signInType: 'userName', issuer: 'contoso.example', issuerAssignedId: 'ada' }] }),
      status: 501,
      code: 'NotImplemented',
    },
  ],
};
