import type { RunMarker } from '@learnamp/contracts';
import type { RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { releaseKeptOwners, type ReleaseDeps } from '../owners/release-kept-owners.ts';
import { reviewRenames, type ReviewRenamesDeps } from '../renames/review-renames.ts';
import { countApplied, type CountAppliedDeps } from './count-applied.ts';
import { countTotals, type CountTotalsDeps } from './count-totals.ts';
import { type StoredRun, updateRun } from './update-run.ts';

export interface ApplyRunMarkerDeps extends CountTotalsDeps, ReleaseDeps, CountAppliedDeps, ReviewRenamesDeps {
  readonly runs: Model<RunDocument>;
  readonly clock: () => Date;
}

const isFullEnd = ({ mode, stage }: RunMarker) => mode === 'full' && stage === 'finished';

const closes = (stage: RunMarker['stage']) => stage === 'finished' || stage === 'interrupted';

/**
 * Applies a marker to its run, after the states before it; false when the run is past it. An equal version is past it
 * too: a marker is one write, so it is applied as a whole or not at all, and counting again later would tell of
 * another day. A closed run isn't opened again.
 */
export async function applyRunMarker(deps: ApplyRunMarkerDeps, marker: RunMarker): Promise<boolean> {
  if (isFullEnd(marker)) await releaseKeptOwners(deps, { ...marker, now: deps.clock() });
  if (closes(marker.stage)) await reviewRenames(deps, marker.organisationId);
  return updateRun(deps.runs, marker.runId, async (stored) => {
    if (stored?.version && stored.version >= marker.version) return undefined;
    if (stored?.finishedAt && !closes(marker.stage)) return undefined;
    return {
      ...described(marker, stored),
      applied: await countApplied(deps, marker),
      ...(closes(marker.stage) ? { finishedAt: deps.clock() } : {}),
      ...(isFullEnd(marker) ? await countTotals(deps, marker.organisationId) : {}),
    };
  });
}

function described(marker: RunMarker, stored: StoredRun): Partial<RunDocument> {
  const {
    organisationId,
    version,
    mode,
    stage,
    trigger,
    requestedBy = null,
    progress,
    counts,
    skipped = [],
    unreadableFields = [],
    problem = null,
  } = marker;
  return {
    ...{ organisationId, version, mode, stage, trigger, requestedBy, progress, counts },
    ...{ skipped, unreadableFields, problem },
    requestIds: [...new Set([...(stored?.requestIds ?? []), ...marker.requestIds])],
    // The first marker says when it began; should that one be missing, this one is the closest.
    startedAt: stored?.startedAt ?? new Date(marker.at),
  };
}
