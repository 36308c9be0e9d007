import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, objectKinds, type ObjectKind } from '../../directory/object-kind.ts';
import { transitiveMemberIds } from '../../directory/closure.ts';
import { isProperty } from '../../directory/property-type.ts';
import { listPage } from '../paging/list-page.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { isAdvancedQuery, isEventual, type GraphAnswer } from '../protocol/graph-request.ts';
import { readGroups } from '../protocol/permissions.ts';
import { badRequest, invalidODataRequest, unsupportedQuery } from '../protocol/refusals.ts';
import { objectFilter } from '../query/filter-objects.ts';
import { checkSelect } from '../query/projection.ts';
import { allowOptions } from '../query/query-options.ts';
import { findGroup, isMicrosoft365 } from './find-group.ts';
import { renderMember } from './render-member.ts';

type Relation = 'members' | 'transitiveMembers';

/** Members of a group: direct or all the way down, of every type or cast to one, listed or counted. */
export const memberLists: readonly Route[] = (['members', 'transitiveMembers'] as const).flatMap((relation) => [
  listRoute(relation),
  countRoute(relation),
  ...objectKinds.flatMap((kind) => [listRoute(relation, kind), countRoute(relation, kind)]),
]);

function listRoute(relation: Relation, kind?: ObjectKind): Route {
  return {
    method: 'GET',
    path: path(relation, kind),
    permissions: readGroups,
    handle: (call) => list(call, relation, kind),
  };
}

function countRoute(relation: Relation, kind?: ObjectKind): Route {
  return {
    method: 'GET',
    path: `${path(relation, kind)}/$count`,
    permissions: readGroups,
    handle(call) {
      allowOptions(call.options, '$filter');
      if (!isEventual(call.request)) throw badRequest('$count is not currently supported.');
      return { status: 200, body: String(memberIds(call, relation, kind).length) };
    },
  };
}

function path(relation: Relation, kind: ObjectKind | undefined): string {
  return `/groups/{group}/${relation}${kind === undefined ? '' : `/microsoft.graph.${kind}`}`;
}

function list(call: GraphCall, relation: Relation, kind: ObjectKind | undefined): GraphAnswer {
  const { options, directory } = call;
  allowOptions(options, '$select', '$filter', '$top', '$count', '$skiptoken');
  const advanced = isAdvancedQuery(call.request, options.count);
  // The cast, like the filter, is answered by the index of advanced queries, and by nothing else.
  if (!advanced && options.skiptoken === undefined && (kind !== undefined || options.filter !== undefined))
    throw unsupportedQuery();
  checkMemberSelect(options.select, kind);
  return listPage(call, {
    context: context(kind, options.select),
    ids: () => memberIds(call, relation, kind),
    render(id) {
      const member = directory.find(id);
      if (member === undefined) return undefined;
      const { '@odata.type': type, ...rest } = renderMember(call, member, options.select);
      return kind === undefined ? { '@odata.type': type, ...rest } : rest;
    },
  });
}

function context(kind: ObjectKind | undefined, select: readonly string[] | undefined): string {
  const collection = kind === undefined ? 'directoryObjects' : kinds[kind].collection;
  return select === undefined ? collection : `${collection}(${select.join(',')})`;
}

function memberIds(call: GraphCall, relation: Relation, kind: ObjectKind | undefined): string[] {
  const { directory, options } = call;
  const group = findGroup(call);
  if (kind === 'group' && isMicrosoft365(group)) throw unsupportedQuery();
  const matches = memberFilter(options.filter);
  const ids = relation === 'members' ? [...directory.memberIds(group.id)] : transitiveMemberIds(directory, group.id);
  return ids.filter((id) => {
    const member = directory.find(id);
    // Graph's v1.0 leaves service principals out of a list of members (a known issue of its own).
    if (member === undefined || (kind === undefined && member.kind === 'servicePrincipal')) return false;
    return (kind === undefined || member.kind === kind) && matches(member);
  });
}

function memberFilter(filter: string | undefined): (member: DirectoryObject) => boolean {
  if (filter === undefined) return () => true;
  const byKind = { user: objectFilter('user', filter, true), group: objectFilter('group', filter, true) };
  return (member) => (member.kind === 'user' || member.kind === 'group') && byKind[member.kind].matches(member);
}

function checkMemberSelect(select: readonly string[] | undefined, kind: ObjectKind | undefined): void {
  if (kind !== undefined) {
    checkSelect(kind, select, 'collection');
    return;
  }
  for (const name of select ?? []) {
    if (!objectKinds.some((candidate) => isProperty(kinds[candidate].properties, name))) {
      throw invalidODataRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.directoryObject'.`,
      );
    }
  }
}
