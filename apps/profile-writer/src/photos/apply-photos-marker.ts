import type { PhotosMarker } from '@learnamp/contracts';
import type { LearnerDocument, PhotoDocument, RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { countPhotos, withBytes } from '../runs/count-totals.ts';
import { updateRun } from '../runs/update-run.ts';

export interface ApplyPhotosMarkerDeps {
  readonly learners: Model<LearnerDocument>;
  readonly photos: Model<PhotoDocument>;
  readonly runs: Model<RunDocument>;
  readonly clock: () => Date;
}

/**
 * Notes on a run that its photo lane has ended; false when that is noted already. The run's own markers may still be
 * to come: until then the document has no organisation, so that no list of an organisation's runs shows half a run.
 */
export async function applyPhotosMarker(deps: ApplyPhotosMarkerDeps, marker: PhotosMarker): Promise<boolean> {
  const { runId, organisationId, version, graphRequests } = marker;
  return updateRun(deps.runs, runId, async (stored) => {
    if (stored?.photosVersion && stored.photosVersion >= version) return undefined;
    const applied = await deps.photos.countDocuments({ runId, ...withBytes });
    const totals = stored?.totals && { ...stored.totals, photos: await countPhotos(deps, organisationId) };
    return {
      photos: { applied, graphRequests, finishedAt: deps.clock() },
      photosVersion: version,
      ...(totals ? { totals } : {}),
    };
  });
}
