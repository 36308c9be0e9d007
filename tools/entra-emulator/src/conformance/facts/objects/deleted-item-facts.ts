import { at } from '../../check-fact.ts';
import type { FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { after, get, patch, post, remove } from '../../requests.ts';
import { contoso, group, groupId, user, userId } from '../contoso.ts';
import { ada } from './new-user.ts';
import { microsoft365 } from './new-group.ts';

const bin = '/directory/deletedItems';

const directory = contoso(
  [user(1), user(2), user(3, { proxyAddresses: ['SMTP:three@contoso.example'] }), user(4), user(5), user(6)],
  [group(1, [userId(1)], microsoft365), group(2)],
  { directoryRoles: [{ displayName: 'Global Administrator', members: [{ id: userId(6) }] }] },
);

const restore = (id: string, body?: object) => post(`${bin}/${id}/restore`, body);

/** What becomes of deleted users and groups. */
export const deletedItemFacts: FactGroup = {
  title: 'deleted items',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['1.4/3'],
      says: 'deletes a user softly: gone from the users',
      ask: after(remove(`/users/${userId(1)}`), get(`/users/${userId(1)}`)),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['1.4/3'],
      says: 'and there among the deleted ones, under a UPN that begins with the id',
      ask: get(`${bin}/microsoft.graph.user?$select=id,userPrincipalName,deletedDateTime`),
      status: 200,
      values: {
        'value.0.id': userId(1),
        'value.0.userPrincipalName': `${userId(1).replaceAll('-', '')}user1@contoso.example`,
        'value.0.deletedDateTime': /^\d{4}-\d\d-\d\dT/,
        '@odata\\.context': /\$metadata#users\(id,userPrincipalName,deletedDateTime\)$/,
      },
    },
    {
      lines: ['1.4/3'],
      says: 'finds a deleted user by a filter',
      ask: get(`${bin}/microsoft.graph.user?$filter=displayName eq 'User 1'&$select=id`),
      values: { value: [{ id: userId(1) }] },
    },
    {
      lines: ['1.4/3'],
      says: 'reads one deleted item, with its type',
      ask: get(`${bin}/${userId(1)}`),
      status: 200,
      values: { '@odata\\.type': '#microsoft.graph.user', displayName: 'User 1' },
    },
    {
      lines: ['1.4/3'],
      says: 'finds deleted items by their ids, and leaves out who is not deleted',
      ask: post(`${bin}/getByIds`, { ids: [userId(1), userId(2), groupId(1)] }),
      status: 200,
      check: ({ body }) => ((at(body, 'value') as unknown[]).length === 1 ? undefined : 'not one'),
    },
    {
      lines: ['1.4/3'],
      says: 'has nobody among the deleted ones who is not deleted',
      ask: get(`${bin}/${userId(2)}`),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['1.4/2'],
      says: 'restores a user, in the groups of before',
      ask: after(restore(userId(1)), get(`/users/${userId(1)}/memberOf?$select=id`)),
      status: 200,
      check: ({ body }) => (at(body, 'value.0.id') === groupId(1) ? undefined : 'the membership is gone'),
    },
    {
      lines: ['1.4/2'],
      says: 'answers a restoration with the object, by its own UPN again',
      ask: after(remove(`/users/${userId(2)}`), restore(userId(2))),
      status: 200,
      values: { '@odata\\.type': '#microsoft.graph.user', userPrincipalName: 'user2@contoso.example' },
    },
    {
      lines: ['1.4/2', '8/2'],
      says: 'restores nobody who is not deleted',
      ask: restore(userId(2)),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['1.4/2'],
      says: 'gives the UPN of a deleted user to a new one',
      ask: after(remove(`/users/${userId(4)}`), post('/users', { ...ada, userPrincipalName: 'user4@contoso.example' })),
      status: 201,
    },
    {
      lines: ['1.4/2'],
      says: 'restores nobody whose UPN another one has got',
      ask: restore(userId(4)),
      status: 400,
      values: { 'error.details.0.code': 'ObjectConflict', 'error.details.0.target': 'userPrincipalName' },
    },
    {
      lines: ['1.4/2'],
      says: 'restores them under another UPN',
      ask: restore(userId(4), { newUserPrincipalName: 'user4b@contoso.example' }),
      status: 200,
      values: { userPrincipalName: 'user4b@contoso.example' },
    },
    {
      lines: ['1.4/2'],
      says: 'restores nobody with an address that another one has got',
      ask: async (world) => {
        await remove(`/users/${userId(3)}`)(world);
        await patch(`/users/${userId(2)}`, { mail: 'three@contoso.example' })(world);
        return restore(userId(3))(world);
      },
      status: 400,
      values: { 'error.details.0.target': 'proxyAddresses' },
    },
    {
      lines: ['1.4/2'],
      says: 'restores them without it when told to',
      ask: after(
        restore(userId(3), { autoReconcileProxyConflict: true }),
        get(`/users/${userId(3)}?$select=proxyAddresses`),
      ),
      values: { proxyAddresses: [] },
    },
    {
      lines: ['1.4/2'],
      says: 'deletes for good',
      ask: after(remove(`/users/${userId(5)}`), remove(`${bin}/${userId(5)}`)),
      status: 204,
    },
    {
      lines: ['1.4/2'],
      says: 'and has nothing left to restore',
      ask: restore(userId(5)),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['1.4/3'],
      says: 'deletes what has been in the recycle bin for 30 days',
      ask: async (world) => {
        await remove(`/groups/${groupId(1)}`)(world);
        world.advance(30 * 24 * 60 * 60 * 1000);
        return world.call('GET', `${bin}/${groupId(1)}`);
      },
      status: 404,
    },
  ],
};
