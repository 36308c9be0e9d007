import type { JsonObject } from '../../json.ts';
import type { Photo } from '../../photos/photo-store.ts';
import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { readPhotos } from '../protocol/permissions.ts';
import { findUser } from './find-user.ts';

/** The squares that Microsoft 365 keeps of a photo, as far as the upload is large enough. */
const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/** Profile photos: what there is, and the bytes. */
export const photoRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users/{user}/photo',
    permissions: readPhotos,
    handle: description,
  },
  {
    method: 'GET',
    path: '/users/{user}/photo/$value',
    permissions: readPhotos,
    handle: (call) => bytes(call, photoOf(call)),
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
      return bytes(call, photoOf(call));
    },
  },
];

/** Microsoft documents a description of no photo at all; of which most tenants seem to know nothing. */
function description(call: GraphCall): GraphAnswer {
  const { photos } = call.tenant;
  const user = findUser(call);
  if (photos.describesMissing && photos.get(user.id) === undefined) return described(call, noPhoto);
  return one(call, ownSize(photoOf(call)));
}

const noPhoto: JsonObject = {
  '@odata.mediaContentType': 'image/gif',
  '@odata.mediaEtag': '',
  id: '1x1',
  width: 1,
  height: 1,
};

function list(call: GraphCall): GraphAnswer {
  const photo = call.tenant.photos.get(findUser(call).id);
  const context = `${call.request.origin}/v1.0/$metadata#users('${findUser(call).id}')/photos`;
  const value = photo ? sizesOf(photo).map((size) => metadata(photo, size)) : [];
  return { status: 200, body: { '@odata.context': context, value } };
}

function one(call: GraphCall, size: string): GraphAnswer {
  return described(call, metadata(photoOf(call), size));
}

function described(call: GraphCall, facts: JsonObject): GraphAnswer {
  const { id } = findUser(call);
  const context = `${call.request.origin}/v1.0/$metadata#users('${id}')/photo/$entity`;
  const link = `${call.request.origin}/v1.0/users('${id}@${call.tenant.directory.tenant.id}')/photo`;
  return { status: 200, body: { '@odata.context': context, '@odata.id': link, ...facts } };
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

function bytes({ request }: GraphCall, { bytes: body, contentType, etag }: Photo): GraphAnswer {
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  // RFC 9110, 13.1.2: the caller has these bytes already.
  if (known?.some((tag) => tag === etag || tag === '*')) return { status: 304, headers: { etag } };
  return { status: 200, headers: { 'content-type': contentType, etag }, body };
}

/** The photo of the user that the path names, or the 404 of none. */
export function photoOf(call: GraphCall): Photo {
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
