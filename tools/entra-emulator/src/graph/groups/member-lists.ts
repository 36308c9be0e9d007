import { transitiveMemberIds } from '../../directory/closure.ts';
import type { DirectoryObject } from '../../directory/change.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { readGroups } from '../protocol/permissions.ts';
import { denied, unsupportedQuery } from '../protocol/refusals.ts';
import { objectKinds, type ObjectKind } from '../../directory/object-kind.ts';
import { relationRoutes } from '../query/relation-routes.ts';
import { findGroup } from './find-group.ts';
import { isMicrosoft365 } from './group-kind.ts';
import { mayListMembers } from './hidden-membership.ts';

// Graph's v1.0 leaves service principals out of a list of members (a known issue of its own), but not out of a cast.
const listed = objectKinds.filter((kind) => kind !== 'servicePrincipal');

/** Members of a group: direct or all the way down, of every type or cast to one, listed or counted. */
export const memberLists: readonly Route[] = [
  ...relationRoutes({
    path: '/groups/{group}/members',
    permissions: readGroups,
    kinds: listed,
    casts: objectKinds,
    ids: (call, directory, cast) => [...directory.memberIds(groupOf(call, cast).id)],
  }),
  ...relationRoutes({
    path: '/groups/{group}/transitiveMembers',
    permissions: readGroups,
    kinds: listed,
    casts: objectKinds,
    castByIndex: true,
    ids: (call, directory, cast) =>
      transitiveMemberIds(directory, groupOf(call, cast).id, (nested) => mayListMembers(call, nested)),
  }),
];

function groupOf(call: GraphCall, cast: ObjectKind | undefined): DirectoryObject {
  const group = findGroup(call);
  if (cast === 'group' && isMicrosoft365(group)) throw unsupportedQuery();
  if (!mayListMembers(call, group)) throw denied();
  return group;
}
