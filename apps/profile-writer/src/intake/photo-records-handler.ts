import type { BatchHandler } from '@learnamp/bus';
import { photoStateKey } from '@learnamp/contracts';
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
}: Omit<UserRecordsHandlerDeps, 'findSettings'>): BatchHandler {
  const deps = { ...collections, clock };
  return createBatchHandler({
    read: readPhotoRecord,
    keyOf: photoStateKey,
    applyRound: (states) => applyPhotoRound(collections.photos, states),
    applyMarker: (marker) => applyPhotosMarker(deps, marker),
    logger,
  });
}
