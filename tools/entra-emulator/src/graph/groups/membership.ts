import { kinds } from '../../directory/object-kind.ts';
import { findObject, idParameter } from '../directory-objects/find-object.ts';
import type { Route } from '../protocol/graph-call.ts';
import { readDirectory, readGroups, readPermissions, readUsers } from '../protocol/permissions.ts';
import { findUser } from '../users/find-user.ts';
import { findGroup } from './find-group.ts';
import { memberChecks } from './member-checks.ts';
import { memberOfLists, type MemberOfOwner } from './member-of-lists.ts';

const owners: readonly MemberOfOwner[] = [
  { path: '/users/{user}', permissions: [...readUsers, ...readGroups], find: (call) => findUser(call) },
  { path: '/groups/{group}', permissions: readGroups, find: (call) => findGroup(call) },
  ...(['device', 'orgContact', 'servicePrincipal'] as const).map((kind) => ({
    path: `/${kinds[kind].collection}/{${idParameter[kind]}}`,
    permissions: readPermissions[kind],
    find: (call: Parameters<MemberOfOwner['find']>[0]) => findObject(call, kind),
  })),
];

/** What an object is a member of, seen from its own side. */
export const membershipRoutes: readonly Route[] = [
  ...owners.flatMap((owner) => [...memberOfLists(owner), ...memberChecks(owner)]),
  ...memberChecks({
    path: '/directoryObjects/{object}',
    permissions: readDirectory,
    find: (call) => findObject(call),
  }),
];
