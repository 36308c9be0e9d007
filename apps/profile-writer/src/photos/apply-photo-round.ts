import type { PhotoState } from '@learnamp/contracts';
import { directoryPhotoId, type PhotoDocument } from '@learnamp/learners';
import { type BulkWritable, guardedUpserts, type GuardedWrite } from '@learnamp/mongo';

/** Stores photos of different people unless newer ones are there; answers with the states that were outdated. */
export async function applyPhotoRound(
  photos: BulkWritable,
  states: readonly PhotoState[],
): Promise<ReadonlySet<PhotoState>> {
  const refused = await guardedUpserts(photos, 'version', states.map(photoWrite));
  return new Set(states.filter((_state, index) => refused.has(index)));
}

/** The learner need not be there: order across topics is never assumed. */
function photoWrite({ organisationId, personId, version, runId, photo }: PhotoState): GuardedWrite {
  const set: Omit<PhotoDocument, '_id'> = {
    organisationId,
    personId,
    version,
    runId,
    etag: photo?.etag ?? null,
    mediaType: photo?.mediaType ?? null,
    bytes: photo ? Buffer.from(photo.base64, 'base64') : null,
  };
  return { id: directoryPhotoId(organisationId, personId), version, update: { $set: set } };
}
