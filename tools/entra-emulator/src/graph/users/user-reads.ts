import type { Route } from '../protocol/graph-call.ts';
import { isAdvancedQuery, isEventual } from '../protocol/graph-request.ts';
import { readUsers } from '../protocol/permissions.ts';
import { badRequest } from '../protocol/refusals.ts';
import { listPage } from '../paging/list-page.ts';
import { filterObjects } from '../query/filter-objects.ts';
import { checkSelect, project } from '../query/projection.ts';
import { allowOptions } from '../query/query-options.ts';
import { managerExpansion } from './expand-manager.ts';
import { findUser } from './find-user.ts';

/** Reading users, one by one and all of them. */
export const userReads: readonly Route[] = [
  {
    method: 'GET',
    path: '/users',
    permissions: readUsers,
    handle(call) {
      const { options, directory } = call;
      allowOptions(options, '$select', '$expand', '$filter', '$top', '$count', '$skiptoken');
      checkSelect('user', options.select, 'collection');
      const expand = managerExpansion(call, 'collection');
      const advanced = isAdvancedQuery(call.request, options.count);
      return listPage(call, {
        context: context(options.select, options.expand),
        ids: () => filterObjects(directory, 'user', options.filter, advanced).map((user) => user.id),
        render(id) {
          const user = directory.find(id);
          return user && expand(user, project(user, options.select));
        },
      });
    },
  },
  {
    method: 'GET',
    path: '/users/$count',
    permissions: readUsers,
    handle(call) {
      allowOptions(call.options, '$filter');
      if (!isEventual(call.request)) throw badRequest('$count is not currently supported.');
      return { status: 200, body: String(filterObjects(call.directory, 'user', call.options.filter, true).length) };
    },
  },
  {
    method: 'GET',
    path: '/users/{user}',
    permissions: readUsers,
    handle(call) {
      const { options } = call;
      allowOptions(options, '$select', '$expand', '$count');
      checkSelect('user', options.select, 'object');
      const expand = managerExpansion(call, 'object');
      const user = findUser(call);
      const odata = `${call.request.origin}/v1.0/$metadata#${context(options.select, options.expand)}/$entity`;
      return { status: 200, body: { '@odata.context': odata, ...expand(user, project(user, options.select)) } };
    },
  },
];

function context(select: readonly string[] | undefined, expand: string | undefined): string {
  const names = [...(select ?? []), ...(expand === undefined ? [] : ['manager()'])];
  return names.length === 0 ? 'users' : `users(${names.join(',')})`;
}
