import { directoryPhotoId, type LearnerDocument, type OwnPhotoDocument, type PhotoDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

export interface PhotoDeps {
  readonly photos: Model<PhotoDocument>;
  readonly ownPhotos: Model<OwnPhotoDocument>;
}

export interface ShownPhoto {
  readonly mediaType: NonNullable<PhotoDocument['mediaType']>;
  readonly bytes: Buffer;
  /** Another one for every other photo. */
  readonly etag: string;
}

/** The photo that is shown of a learner: their own, else the directory's. */
export async function photoOf(
  { photos, ownPhotos }: PhotoDeps,
  { _id, organisationId, sources: { microsoft } }: LearnerDocument,
): Promise<ShownPhoto | null> {
  const own = await ownPhotos.findOne({ _id, organisationId });
  if (own?.bytes && own.mediaType !== null) {
    return { bytes: own.bytes, mediaType: own.mediaType, etag: `"own-${own.commandId}"` };
  }
  const photo = microsoft && (await photos.findById(directoryPhotoId(organisationId, microsoft.personId)));
  if (!photo?.bytes || photo.mediaType === null) return null;
  return { bytes: photo.bytes, mediaType: photo.mediaType, etag: `"${photo.version}"` };
}
