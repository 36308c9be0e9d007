import { checkAdministrator, isOneself } from '../protocol/access.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { writePhotos } from '../protocol/permissions.ts';
import { badRequest, invalidODataRequest } from '../protocol/refusals.ts';
import { findUser } from './find-user.ts';
import { photoOf } from './photos.ts';

const path = '/users/{user}/photo/$value';

/** Setting and deleting profile photos. PATCH is the same as PUT. */
export const photoWrites: readonly Route[] = [
  { method: 'PUT', path, permissions: writePhotos, handle: setPhoto },
  { method: 'PATCH', path, permissions: writePhotos, handle: setPhoto },
  {
    method: 'DELETE',
    path,
    permissions: writePhotos,
    handle(call) {
      if (!isOneself(call)) checkAdministrator(call, 'people');
      photoOf(call);
      call.tenant.photos.delete(findUser(call).id);
      return { status: 204 };
    },
  },
];

function setPhoto(call: GraphCall): GraphAnswer {
  if (!isOneself(call)) checkAdministrator(call, 'people');
  const user = findUser(call, call.tenant.directory);
  const { body, headers } = call.request;
  if (!/^image\//i.test(headers['content-type'] ?? ''))
    throw invalidODataRequest('The Content-Type of a photo has to be that of an image.');
  if (body === undefined || !call.tenant.photos.put(user.id, body)) throw badRequest('The photo is not a valid image.');
  return { status: 200 };
}
