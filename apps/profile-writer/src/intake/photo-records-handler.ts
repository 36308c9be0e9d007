import type { BatchHandler } from '@learnamp/bus';
import { type PhotoState, photoStateKey, topics } from '@learnamp/contracts';
import { withoutErased } from '../erasure/without-erased.ts';
import { applyPhotoRound } from '../photos/apply-photo-round.ts';
import { applyPhotosMarker } from '../photos/apply-photos-marker.ts';
import { createBatchHandler } from './create-batch-handler.ts';
import { readPhotoRecord } from './read-photo-record.ts';
import type { UserRecordsHandlerDeps } from './user-records-handler.ts';

/** Handles batches of `directory.photos`. */
export function createPhotoRecordsHandler({
  collections,
  clock,
  logger,
  emptyKeys,
}: Omit<UserRecordsHandlerDeps, 'findSettings'>): BatchHandler {
  const deps = { ...collections, clock };
  const { name: topic } = topics.directoryPhotos;
  const lies = { topic, keyOf: photoStateKey, empty: emptyKeys };
  const guard = { erasures: collections.erasures, collections, whose: (state: PhotoState) => state, lies };
  return createBatchHandler({
    read: readPhotoRecord,
    keyOf: photoStateKey,
    applyRound: withoutErased(guard, (states) => applyPhotoRound(collections.photos, states)),
    applyMarker: (marker) => applyPhotosMarker(deps, marker),
    logger,
  });
}
