import type { Route } from '../protocol/graph-call.ts';
import { readUsers } from '../protocol/permissions.ts';
import { countCollection, listCollection } from '../query/collection.ts';
import { readObject } from '../query/read-object.ts';
import { rootCollection } from '../query/root-collection.ts';
import { expandUser } from './expand-user.ts';
import { findUser } from './find-user.ts';

/** Reading users, one by one and all of them. */
export const userReads: readonly Route[] = [
  {
    method: 'GET',
    path: '/users',
    permissions: readUsers,
    handle: (call) => listCollection(call, rootCollection('user', expandUser(call, 'collection'))),
  },
  {
    method: 'GET',
    path: '/users/$count',
    permissions: readUsers,
    handle: (call) => countCollection(call, rootCollection('user')),
  },
  {
    method: 'GET',
    path: '/users/{user}',
    permissions: readUsers,
    handle: (call) => readObject(call, 'user', findUser, expandUser(call, 'object')),
  },
];
