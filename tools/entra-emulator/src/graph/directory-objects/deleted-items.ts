import type { DirectoryObject } from '../../directory/change.ts';
import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readDeletedGroups, readUsers } from '../protocol/permissions.ts';
import { denied, notFound } from '../protocol/refusals.ts';
import { holds } from '../protocol/graph-call.ts';
import type { Collection } from '../query/collection.ts';
import { project, projectTyped } from '../query/projection.ts';
import { allowOptions } from '../query/query-options.ts';
import { collectionRoutes } from '../query/relation-routes.ts';
import { checkSelect } from '../query/select.ts';
import { deletedObject } from './deleted-object.ts';
import { getByIds } from './get-by-ids.ts';

/** What is deleted softly, and what it takes to see it. */
export const readDeleted: Readonly<Partial<Record<ObjectKind, readonly string[]>>> = {
  user: readUsers,
  group: readDeletedGroups,
};

const anyDeleted = [...readUsers, ...readDeletedGroups];

/** The recycle bin: soft-deleted users and Microsoft 365 groups, for 30 days. */
export const deletedItemsRoutes: readonly Route[] = [
  ...(['user', 'group'] as const).flatMap((kind) =>
    collectionRoutes(`/directory/deletedItems/microsoft.graph.${kind}`, { permissions: readDeleted[kind] ?? [] }, () =>
      deletedCollection(kind),
    ),
  ),
  {
    method: 'GET',
    path: '/directory/deletedItems/{item}',
    permissions: anyDeleted,
    handle(call) {
      allowOptions(call.options, '$select');
      const item = deletedItem(call);
      const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
      const select = checkSelect(item.kind, call.options.select, 'object');
      return { status: 200, body: { '@odata.context': context, ...projectTyped(item, select) } };
    },
  },
  {
    method: 'POST',
    path: '/directory/deletedItems/getByIds',
    permissions: anyDeleted,
    handle: (call) => getByIds(call, (id) => deletedObject(call.directory, id)),
  },
];

function deletedCollection(kind: ObjectKind): Collection<DirectoryObject> {
  return {
    context: kinds[kind].collection,
    kinds: [kind],
    answeredBy: 'roots',
    ids: ({ directory }) => directory.everyId(kind),
    find: deletedObject,
    render: project,
  };
}

function deletedItem(call: GraphCall): DirectoryObject {
  const id = parameter(call, 'item');
  const item = deletedObject(call.directory, id);
  if (item === undefined) throw notFound(id);
  if (!holds(call, readDeleted[item.kind] ?? [])) throw denied();
  return item;
}
