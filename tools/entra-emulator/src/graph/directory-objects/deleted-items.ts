import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import { listPage } from '../paging/list-page.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readGroups, readUsers, writeGroups, writeUsers } from '../protocol/permissions.ts';
import { badRequest, denied, notFound } from '../protocol/refusals.ts';
import { holds } from '../protocol/graph-call.ts';
import { project, projectTyped } from '../query/projection.ts';
import { checkSelect } from '../query/select.ts';
import { allowOptions } from '../query/query-options.ts';

const writes: Readonly<Partial<Record<ObjectKind, readonly string[]>>> = { user: writeUsers, group: writeGroups };

/** The recycle bin: soft-deleted users and Microsoft 365 groups, for 30 days. */
export const deletedItemsRoutes: readonly Route[] = [
  listRoute('user', readUsers),
  listRoute('group', readGroups),
  {
    method: 'GET',
    path: '/directory/deletedItems/{item}',
    permissions: [...readUsers, ...readGroups],
    handle(call) {
      const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
      return { status: 200, body: { '@odata.context': context, ...projectTyped(deletedItem(call), undefined) } };
    },
  },
  {
    method: 'POST',
    path: '/directory/deletedItems/{item}/restore',
    permissions: [...writeUsers, ...writeGroups],
    handle(call) {
      const item = writableItem(call);
      const upn = item.properties['userPrincipalName'];
      if (typeof upn === 'string' && call.tenant.directory.findUserByUpn(upn)) {
        throw badRequest('Another object with the same value for property userPrincipalName already exists.');
      }
      call.tenant.writes.restore(item);
      const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
      return { status: 200, body: { '@odata.context': context, ...projectTyped(item, undefined) } };
    },
  },
  {
    method: 'DELETE',
    path: '/directory/deletedItems/{item}',
    permissions: [...writeUsers, ...writeGroups],
    handle(call) {
      const item = writableItem(call);
      call.tenant.writes.purge(item);
      call.tenant.photos.delete(item.id);
      return { status: 204 };
    },
  },
];

function listRoute(kind: ObjectKind, permissions: readonly string[]): Route {
  return {
    method: 'GET',
    path: `/directory/deletedItems/microsoft.graph.${kind}`,
    permissions,
    handle(call) {
      const { options, directory } = call;
      allowOptions(options, '$select', '$top', '$count', '$skiptoken');
      checkSelect(kind, options.select, 'collection');
      const isDeleted = (id: string): boolean => directory.findEvenDeleted(id)?.deletedAt !== undefined;
      return listPage(call, {
        context: kinds[kind].collection,
        ids: () => directory.everyId(kind).filter(isDeleted),
        render(id) {
          const item = directory.findEvenDeleted(id);
          return item && isDeleted(id) ? project(item, options.select) : undefined;
        },
      });
    },
  };
}

function deletedItem(call: GraphCall): DirectoryObject {
  const id = parameter(call, 'item');
  const item = call.directory.findEvenDeleted(id);
  if (item?.deletedAt === undefined) throw notFound(id);
  return item;
}

function writableItem(call: GraphCall): DirectoryObject {
  const item = deletedItem(call);
  if (!holds(call, writes[item.kind] ?? [])) throw denied();
  return item;
}
