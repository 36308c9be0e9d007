import type { DirectoryObject } from '../../directory/change.ts';
import type { ObjectKind } from '../../directory/object-kind.ts';
import type { JsonObject } from '../../json.ts';
import { checkAdministrator } from '../protocol/access.ts';
import { holds, parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { restoreUsers, writeGroups } from '../protocol/permissions.ts';
import { conflict } from '../protocol/property-refusals.ts';
import { badRequest, denied, notFound } from '../protocol/refusals.ts';
import { projectTyped } from '../query/projection.ts';
import { addressesOf, addressOnly, addressTaken } from '../users/rules/mail-addresses.ts';
import { checkMayActOn } from '../users/rules/sensitive-actions.ts';
import { checkFree, checkUserPrincipalName } from '../users/rules/user-principal-name.ts';

const writes: Readonly<Partial<Record<ObjectKind, readonly string[]>>> = { user: restoreUsers, group: writeGroups };
const anyWrite = [...restoreUsers, ...writeGroups];

/** Out of the recycle bin: back to life as if new, or gone for good. */
export const restoreRoutes: readonly Route[] = [
  { method: 'POST', path: '/directory/deletedItems/{item}/restore', permissions: anyWrite, handle: restore },
  {
    method: 'DELETE',
    path: '/directory/deletedItems/{item}',
    permissions: anyWrite,
    handle(call) {
      const item = itemToWrite(call);
      call.tenant.writes.purge(item);
      call.tenant.photos.delete(item.id);
      return { status: 204 };
    },
  },
];

function restore(call: GraphCall): GraphAnswer {
  const item = itemToWrite(call);
  const { directory, writes: write } = call.tenant;
  const properties = { ...item.properties, ...changesOf(call, item) };
  const upn = properties['userPrincipalName'];
  if (typeof upn === 'string') checkFree(directory, upn, item.id);
  if (addressesOf({ properties }).some((address) => addressTaken(directory, addressOnly(address), item.id)))
    throw conflict('proxyAddresses');
  write.restore({ ...item, properties });
  const restored = directory.find(item.id) ?? item;
  const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
  return { status: 200, body: { '@odata.context': context, ...projectTyped(restored, undefined) } };
}

/** A user may come back under another UPN, and without the addresses that somebody else has got meanwhile. */
function changesOf({ request, tenant }: GraphCall, item: DirectoryObject): JsonObject {
  if (request.body === undefined || request.body.length === 0) return {};
  const { newUserPrincipalName, autoReconcileProxyConflict } = readJsonBody(request);
  const changes: JsonObject = {};
  if (newUserPrincipalName !== undefined) {
    if (item.kind !== 'user' || typeof newUserPrincipalName !== 'string')
      throw badRequest("Invalid value specified for parameter 'newUserPrincipalName'.");
    checkUserPrincipalName(tenant, newUserPrincipalName, item.id);
    changes['userPrincipalName'] = newUserPrincipalName;
  }
  if (autoReconcileProxyConflict === true) {
    changes['proxyAddresses'] = addressesOf(item).filter(
      (address) => !addressTaken(tenant.directory, addressOnly(address), item.id),
    );
  }
  return changes;
}

function itemToWrite(call: GraphCall): DirectoryObject {
  const id = parameter(call, 'item');
  const item = call.tenant.directory.findEvenDeleted(id);
  if (item?.deletedAt === undefined) throw notFound(id);
  if (!holds(call, writes[item.kind] ?? [])) throw denied();
  checkAdministrator(call, item.kind === 'user' ? 'people' : 'groups');
  checkMayActOn(call, item);
  return item;
}
