import type { Route } from '../protocol/graph-call.ts';
import { readGroups, readUsers } from '../protocol/permissions.ts';
import { relationRoutes } from '../query/relation-routes.ts';
import { findUser } from '../users/find-user.ts';
import { findGroup } from './find-group.ts';

/** Who owns a group, and what somebody owns. */
export const ownerLists: readonly Route[] = [
  ...relationRoutes({
    path: '/groups/{group}/owners',
    permissions: readGroups,
    kinds: ['user', 'servicePrincipal'],
    ids: (call, directory) => [...directory.ownerIds(findGroup(call).id)],
  }),
  ...relationRoutes({
    path: '/users/{user}/ownedObjects',
    permissions: readUsers,
    kinds: ['group'],
    ids: (call, directory) => [...directory.ownedIds(findUser(call).id)],
  }),
];
