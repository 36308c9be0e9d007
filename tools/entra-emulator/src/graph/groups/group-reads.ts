import type { Route } from '../protocol/graph-call.ts';
import { readGroups } from '../protocol/permissions.ts';
import { countCollection, listCollection } from '../query/collection.ts';
import { readObject } from '../query/read-object.ts';
import { rootCollection } from '../query/root-collection.ts';
import { expandGroup } from './expand-group.ts';
import { findGroup } from './find-group.ts';

/** Reading groups, one by one and all of them. */
export const groupReads: readonly Route[] = [
  {
    method: 'GET',
    path: '/groups',
    permissions: readGroups,
    handle: (call) => listCollection(call, rootCollection('group', expandGroup(call))),
  },
  {
    method: 'GET',
    path: '/groups/$count',
    permissions: readGroups,
    handle: (call) => countCollection(call, rootCollection('group')),
  },
  {
    method: 'GET',
    path: '/groups/{group}',
    permissions: readGroups,
    handle: (call) => readObject(call, 'group', findGroup, expandGroup(call)),
  },
];
