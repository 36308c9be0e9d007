import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId, RunId, VersionText } from './fields.ts';

const PhotoStateSchema = Type.Object({
  organisationId: OrganisationId,
  personId: ObjectId,
  version: VersionText,
  runId: RunId,
  /** `null`: the directory was asked and has none. */
  photo: Type.Union([
    Type.Null(),
    Type.Object({
      /** Graph's media etag: the change key. */
      etag: Type.String({ minLength: 1, maxLength: 256 }),
      mediaType: Type.Union([Type.Literal('image/png'), Type.Literal('image/jpeg'), Type.Literal('image/gif')]),
      /** The image, base64; under 700 kB before encoding, so that the record stays under a megabyte. */
      base64: Type.String({ maxLength: 960_000 }),
    }),
  ]),
});

/** A person's photo, or that there is none. */
export type PhotoState = Static<typeof PhotoStateSchema>;

export const photoState = {
  type: 'com.learnamp.directory.photo-state.v1',
  topic: topics.directoryPhotos.name,
  schema: PhotoStateSchema,
} as const;

export const photoStateKey = (state: Pick<PhotoState, 'organisationId' | 'personId'>) =>
  `${state.organisationId}:${state.personId}`;

const PhotosMarkerSchema = Type.Object({
  organisationId: OrganisationId,
  runId: RunId,
  version: VersionText,
  /** Photos that the run put into the topic before this marker. */
  emitted: Type.Integer({ minimum: 0 }),
  graphRequests: Type.Integer({ minimum: 0 }),
});

/** The photo lane of a run has come to its end; everything it wanted is before this marker in the partition. */
export type PhotosMarker = Static<typeof PhotosMarkerSchema>;

export const photosMarker = {
  type: 'com.learnamp.directory.photos-marker.v1',
  topic: topics.directoryPhotos.name,
  schema: PhotosMarkerSchema,
} as const;

export const photosMarkerKey = (marker: Pick<PhotosMarker, 'organisationId' | 'runId'>) =>
  `${marker.organisationId}:run:${marker.runId}`;
