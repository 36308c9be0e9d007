import type { DirectoryReads } from '../../directory/directory.ts';
import type { DirectoryObject } from '../../directory/change.ts';
import { transitiveGroupIds } from '../../directory/closure.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { without, type JsonObject } from '../../json.ts';
import type { Collection } from '../query/collection.ts';
import { collectionRoutes, relationRoutes, type OtherItem } from '../query/relation-routes.ts';
import { renderEach } from '../query/render-member.ts';
import { mayListMembers } from './hidden-membership.ts';
import { roleItem } from './role-item.ts';

/** Who is asked for what it is a member of. */
export interface MemberOfOwner {
  /** Such as `/users/{user}`. */
  readonly path: string;
  readonly permissions: readonly string[];
  /** The object that the path names, or Graph's 404. */
  find(call: GraphCall): DirectoryObject;
}

/** The groups and directory roles that an object is in: directly, or also through groups. */
export function memberOfLists(owner: MemberOfOwner): Route[] {
  return [
    ...listsOf(owner, 'memberOf', (directory, id) => [...directory.groupIdsOf(id)]),
    ...listsOf(owner, 'transitiveMemberOf', transitiveGroupIds),
  ];
}

/** What an object is directly in, as an expansion shows it. */
export function* memberOfItems(call: GraphCall, { id }: DirectoryObject): Iterable<JsonObject> {
  yield* renderEach(call, openGroupIds(call, call.directory, call.directory.groupIdsOf(id)));
  for (const role of call.tenant.roles.rolesOf(id)) yield roleItem(call, role).render(undefined);
}

/** Without the groups that hide their members from the caller. */
function openGroupIds(call: GraphCall, directory: DirectoryReads, ids: Iterable<string>): string[] {
  return [...ids].filter((id) => {
    const group = directory.find(id);
    return group !== undefined && mayListMembers(call, group);
  });
}

function listsOf(
  owner: MemberOfOwner,
  relation: 'memberOf' | 'transitiveMemberOf',
  groupIds: (directory: DirectoryReads, id: string) => string[],
): Route[] {
  const { path, permissions } = owner;
  const castByIndex = relation === 'transitiveMemberOf';
  const roles = (call: GraphCall): OtherItem[] =>
    call.tenant.roles.rolesOf(owner.find(call).id).map((role) => roleItem(call, role));
  return [
    ...relationRoutes({
      path: `${path}/${relation}`,
      permissions,
      kinds: ['group'],
      castByIndex,
      ids: (call, directory) => openGroupIds(call, directory, groupIds(directory, owner.find(call).id)),
      others: roles,
    }),
    ...collectionRoutes(`${path}/${relation}/microsoft.graph.directoryRole`, { permissions }, (call) =>
      roleCollection(roles(call), castByIndex),
    ),
  ];
}

function roleCollection(roles: readonly OtherItem[], castByIndex: boolean): Collection<OtherItem> {
  const byId = new Map(roles.map((role) => [role.id, role]));
  return {
    context: 'directoryRoles',
    kinds: ['group'],
    answeredBy: castByIndex ? 'index' : 'relation',
    ids: () => [...byId.keys()],
    find: (_directory, id) => byId.get(id),
    render: (role, select) => without(role.render(select), '@odata.type'),
  };
}
