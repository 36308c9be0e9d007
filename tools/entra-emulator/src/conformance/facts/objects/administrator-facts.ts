import { openFactWorld } from '../../fact-world.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { get, patch } from '../../requests.ts';
import { contoso, user, userId } from '../contoso.ts';

const [administrator, reader, nobody] = [userId(1), userId(2), userId(3)];
const denied = { status: 403, code: 'Authorization_RequestDenied' } as const;

const directory = contoso([user(1), user(2), user(3)], [], {
  directoryRoles: [
    { displayName: 'Global Administrator', members: [{ id: administrator }] },
    { displayName: 'Global Reader', members: [{ id: reader }] },
  ],
});

const sensitive = {
  accountEnabled: false,
  businessPhones: ['+46 40 10 00 00'],
  mobilePhone: '+46 70 000 00 00',
  otherMails: ['me@elsewhere.example'],
  userPrincipalName: 'renamed@contoso.example',
} as const;

function refused(says: string, ask: Fact['ask']): Fact {
  return { lines: ['4/11'], says, ask, ...denied };
}

/** What a permission to write users doesn't reach: people who administer the tenant. */
export const administratorFacts: FactGroup = {
  title: 'users who hold a role',
  world: () => openFactWorld({ directory }),
  facts: [
    ...Object.entries(sensitive).map(([name, value]) =>
      refused(
        `lets no application change ${name} of an administrator`,
        patch(`/users/${administrator}`, { [name]: value }),
      ),
    ),
    refused('lets none disable who only reads everything', patch(`/users/${reader}`, { accountEnabled: false })),
    refused('lets none delete an administrator', (world) => world.call('DELETE', `/users/${administrator}`)),
    {
      lines: ['4/11'],
      says: 'leaves the administrator as they were',
      ask: get(`/users/${administrator}?$select=accountEnabled,userPrincipalName`),
      values: { accountEnabled: true, userPrincipalName: 'user1@contoso.example' },
    },
    {
      lines: ['4/11'],
      says: 'lets an application change what is harmless of an administrator',
      ask: patch(`/users/${administrator}`, { jobTitle: 'Head of IT' }),
      status: 204,
    },
    {
      lines: ['4/11'],
      says: 'lets an application change all that of anybody else',
      ask: patch(`/users/${nobody}`, sensitive),
      status: 204,
    },
    {
      lines: ['4/11'],
      says: 'lets it delete anybody else',
      ask: (world) => world.call('DELETE', `/users/${nobody}`),
      status: 204,
    },
  ],
};
