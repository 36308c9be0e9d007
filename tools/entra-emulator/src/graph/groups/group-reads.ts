import type { DirectoryObject } from '../../directory/change.ts';
import type { JsonObject } from '../../json.ts';
import { listPage } from '../paging/list-page.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { isAdvancedQuery, isEventual } from '../protocol/graph-request.ts';
import { readGroups } from '../protocol/permissions.ts';
import { badRequest, invalidODataRequest, unsupportedQuery } from '../protocol/refusals.ts';
import { filterObjects } from '../query/filter-objects.ts';
import { checkSelect, project } from '../query/projection.ts';
import { allowOptions } from '../query/query-options.ts';
import { findGroup } from './find-group.ts';
import { renderMember } from './render-member.ts';

/** An expanded relation shows no more than this, and does not say so. */
const EXPAND_LIMIT = 20;

/** Reading groups, one by one and all of them. */
export const groupReads: readonly Route[] = [
  {
    method: 'GET',
    path: '/groups',
    permissions: readGroups,
    handle(call) {
      const { options, directory } = call;
      allowOptions(options, '$select', '$expand', '$filter', '$top', '$count', '$skiptoken');
      checkSelect('group', options.select, 'collection');
      const expand = memberExpansion(call);
      const advanced = isAdvancedQuery(call.request, options.count);
      return listPage(call, {
        context: context(options.select),
        ids: () => filterObjects(directory, 'group', options.filter, advanced).map((group) => group.id),
        render(id) {
          const group = directory.find(id);
          return group && expand(group, project(group, options.select));
        },
      });
    },
  },
  {
    method: 'GET',
    path: '/groups/$count',
    permissions: readGroups,
    handle(call) {
      allowOptions(call.options, '$filter');
      if (!isEventual(call.request)) throw badRequest('$count is not currently supported.');
      return { status: 200, body: String(filterObjects(call.directory, 'group', call.options.filter, true).length) };
    },
  },
  {
    method: 'GET',
    path: '/groups/{group}',
    permissions: readGroups,
    handle(call) {
      allowOptions(call.options, '$select', '$expand');
      checkSelect('group', call.options.select, 'object');
      const expand = memberExpansion(call);
      const group = findGroup(call);
      const odata = `${call.request.origin}/v1.0/$metadata#${context(call.options.select)}/$entity`;
      return { status: 200, body: { '@odata.context': odata, ...expand(group, project(group, call.options.select)) } };
    },
  },
];

function context(select: readonly string[] | undefined): string {
  return select === undefined ? 'groups' : `groups(${select.join(',')})`;
}

function memberExpansion(call: GraphCall): (group: DirectoryObject, rendered: JsonObject) => JsonObject {
  const { expand, count } = call.options;
  if (expand === undefined) return (_group, rendered) => rendered;
  if (isAdvancedQuery(call.request, count))
    throw unsupportedQuery('$expand is not supported together with advanced query parameters.');
  if (expand.trim() !== 'members') {
    throw invalidODataRequest(
      `Parsing OData Select and Expand failed: '${expand}' can't be expanded on type 'microsoft.graph.group'.`,
    );
  }
  return (group, rendered) => {
    const members = [...call.directory.memberIds(group.id)].flatMap((id) => call.directory.find(id) ?? []);
    return {
      ...rendered,
      members: members.slice(0, EXPAND_LIMIT).map((member) => renderMember(call, member, undefined)),
    };
  };
}
