import type { JsonObject } from '../../json.ts';
import type { Photo } from '../../photos/photo-store.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { readPhotos, writePhotos } from '../protocol/permissions.ts';
import { badRequest } from '../protocol/refusals.ts';
import { findUser } from './find-user.ts';

/** The squares that Microsoft 365 keeps of a photo, as far as the upload is large enough. */
const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/** Profile photos: what there is, and the bytes. */
export const photoRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users/{user}/photo',
    permissions: readPhotos,
    handle: (call) => one(call, ownSize(photoOf(call))),
  },
  {
    method: 'GET',
    path: '/users/{user}/photo/$value',
    permissions: readPhotos,
    handle: (call) => bytes(photoOf(call)),
  },
  { method: 'GET', path: '/users/{user}/photos', permissions: readPhotos, handle: list },
  {
    method: 'GET',
    path: '/users/{user}/photos/{size}',
    permissions: readPhotos,
    handle: (call) => one(call, existingSize(call)),
  },
  {
    method: 'GET',
    path: '/users/{user}/photos/{size}/$value',
    permissions: readPhotos,
    handle(call) {
      existingSize(call);
      // The bytes are those of the upload whatever the size asked for: there is no scaler here.
      return bytes(photoOf(call));
    },
  },
  {
    method: 'PUT',
    path: '/users/{user}/photo/$value',
    permissions: writePhotos,
    handle(call) {
      const user = findUser(call);
      const { body } = call.request;
      if (body === undefined || !call.tenant.photos.put(user.id, body))
        throw badRequest('The photo is not a valid image.');
      return { status: 200 };
    },
  },
  {
    method: 'DELETE',
    path: '/users/{user}/photo/$value',
    permissions: writePhotos,
    handle(call) {
      photoOf(call);
      call.tenant.photos.delete(findUser(call).id);
      return { status: 204 };
    },
  },
];

function list(call: GraphCall): GraphAnswer {
  const photo = call.tenant.photos.get(findUser(call).id);
  const context = `${call.request.origin}/v1.0/$metadata#users('${findUser(call).id}')/photos`;
  const value = photo ? sizesOf(photo).map((size) => metadata(photo, size)) : [];
  return { status: 200, body: { '@odata.context': context, value } };
}

function one(call: GraphCall, size: string): GraphAnswer {
  const { id } = findUser(call);
  const context = `${call.request.origin}/v1.0/$metadata#users('${id}')/photo/$entity`;
  const link = `${call.request.origin}/v1.0/users('${id}@${call.tenant.directory.tenant.id}')/photo`;
  return { status: 200, body: { '@odata.context': context, '@odata.id': link, ...metadata(photoOf(call), size) } };
}

function metadata(photo: Photo, size: string): JsonObject {
  const [width, height] = size.split('x').map(Number);
  return {
    '@odata.mediaContentType': photo.contentType,
    '@odata.mediaEtag': photo.etag,
    id: size,
    width: width ?? photo.width,
    height: height ?? photo.height,
  };
}

function bytes(photo: Photo): GraphAnswer {
  return { status: 200, headers: { 'content-type': photo.contentType, etag: photo.etag }, body: photo.bytes };
}

function photoOf(call: GraphCall): Photo {
  const photo = call.tenant.photos.get(findUser(call).id);
  if (photo === undefined) throw imageNotFound();
  return photo;
}

function existingSize(call: GraphCall): string {
  const size = parameter(call, 'size').toLowerCase();
  if (!sizesOf(photoOf(call)).includes(size)) throw imageNotFound();
  return size;
}

function sizesOf(photo: Photo): string[] {
  const squares = SIZES.filter((size) => size <= Math.min(photo.width, photo.height)).map((size) => `${size}x${size}`);
  return [...new Set([...squares, ownSize(photo)])];
}

function ownSize(photo: Photo): string {
  return `${photo.width}x${photo.height}`;
}

function imageNotFound(): GraphError {
  const message = "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.";
  return new GraphError(404, 'ImageNotFound', message);
}
