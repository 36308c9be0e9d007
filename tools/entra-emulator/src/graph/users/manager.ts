import type { Route } from '../protocol/graph-call.ts';
import { readUsers } from '../protocol/permissions.ts';
import { notFound } from '../protocol/refusals.ts';
import { projectTyped } from '../query/projection.ts';
import { allowOptions } from '../query/query-options.ts';
import { relationRoutes } from '../query/relation-routes.ts';
import { checkSelect } from '../query/select.ts';
import { findUser } from './find-user.ts';

/** A user's manager, and the other end of that link. */
export const managerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users/{user}/manager',
    permissions: readUsers,
    handle(call) {
      allowOptions(call.options, '$select');
      const select = checkSelect('user', call.options.select, 'object');
      const user = findUser(call);
      const manager = call.directory.find(call.directory.managerId(user.id) ?? '');
      // The answer names the link, not the user: the user is there.
      if (manager === undefined) throw notFound('manager');
      const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
      const { '@odata.type': type, ...rest } = projectTyped(manager, select);
      return { status: 200, body: { '@odata.context': context, '@odata.type': type, ...rest } };
    },
  },
  ...relationRoutes({
    path: '/users/{user}/directReports',
    permissions: readUsers,
    kinds: ['user', 'orgContact'],
    ids: (call, directory) => [...directory.reportIds(findUser(call).id)],
  }),
];
