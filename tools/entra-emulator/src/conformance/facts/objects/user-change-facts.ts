import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { after, get, patch } from '../../requests.ts';
import { contoso, user, userId } from '../contoso.ts';

const directory = contoso([
  user(1),
  user(2),
  user(3, { onPremisesSyncEnabled: true }),
  user(4, { userPrincipalName: 'ann_elsewhere.example#EXT#@contoso.example', userType: 'Guest' }),
  user(5, { userPrincipalName: '$odd@contoso.example' }),
]);

/** How users are changed. */
export const userChangeFacts: FactGroup = {
  title: 'changing users',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['4/8'],
      says: 'changes a user without an answer to read',
      ask: patch(`/users/${userId(2)}`, { mail: 'new@contoso.example', city: null }),
      status: 204,
      check: ({ body }) => (body === undefined ? undefined : 'there is a body'),
    },
    {
      lines: ['4/8'],
      says: 'keeps the address that mail had before',
      ask: after(
        patch(`/users/${userId(2)}`, { mail: 'newer@contoso.example' }),
        get(`/users/${userId(2)}?$select=proxyAddresses`),
      ),
      values: { proxyAddresses: ['SMTP:newer@contoso.example', 'smtp:new@contoso.example'] },
    },
    {
      lines: ['4/9'],
      says: 'changes a guest by a UPN whose # is encoded',
      ask: patch('/users/ann_elsewhere.example%23EXT%23@contoso.example', { city: 'Lund' }),
      status: 204,
    },
    {
      lines: ['4/9'],
      says: 'finds a UPN that begins with $ in brackets',
      ask: patch("/users('$odd@contoso.example')", { city: 'Lund' }),
      status: 204,
    },
    {
      lines: ['4/9'],
      says: 'takes a UPN that begins with $ for a segment without brackets',
      ask: patch('/users/$odd@contoso.example', { city: 'Lund' }),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['8/2'],
      says: 'changes nobody who is not there',
      ask: patch('/users/nobody@contoso.example', { city: 'Lund' }),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    ...['id', 'createdDateTime', 'onPremisesSyncEnabled', 'assignedLicenses'].map((name): Fact => ({
      lines: ['8/1'],
      says: `leaves ${name} to Microsoft`,
      ask: patch(`/users/${userId(2)}`, { [name]: name === 'assignedLicenses' ? [] : null }),
      status: 400,
      values: { 'error.message': `Property '${name}' is read-only and cannot be set.` },
    })),
    ...['displayName', 'accountEnabled', 'userPrincipalName', 'usageLocation', 'mailNickname'].map((name): Fact => ({
      lines: ['4/6'],
      says: `can't clear ${name}`,
      ask: patch(`/users/${userId(2)}`, { [name]: null }),
      status: 400,
      values: { 'error.details.0.target': name },
    })),
    {
      lines: ['8/1'],
      says: 'takes the UPN of a user away from nobody',
      ask: patch(`/users/${userId(2)}`, { userPrincipalName: 'user1@contoso.example' }),
      status: 400,
      values: { 'error.details.0.code': 'ObjectConflict' },
    },
    {
      lines: ['8/1'],
      says: "lets a user's own UPN be written again",
      ask: patch(`/users/${userId(2)}`, { userPrincipalName: 'User2@contoso.example' }),
      status: 204,
    },
    {
      lines: ['4/2'],
      says: 'refuses to change what is mastered on premises',
      ask: patch(`/users/${userId(3)}`, { displayName: 'Renamed' }),
      status: 400,
      code: 'Request_BadRequest',
      values: { 'error.message': /^Unable to update the specified properties for on-premises mastered Directory Sync/ },
    },
    {
      lines: ['4/2', '4/6'],
      says: 'changes what is kept in the cloud of somebody who is mastered on premises',
      ask: patch(`/users/${userId(3)}`, { usageLocation: 'SE' }),
      status: 204,
    },
  ],
};
