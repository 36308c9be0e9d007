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

export const closes = (stage: RunMarker['stage']) => ['finished', 'interrupted', 'cancelled'].includes(stage);

/**
 * Whether a run needs no marker like this any more. An equal version is past it too: a marker is one write, so it is
 * applied as a whole or not at all, and counting again later would tell of another day. A closed run isn't opened again.
 */
export const isPast = (stored: StoredRun, { version, stage }: RunMarker): boolean =>
  Boolean(stored?.version && stored.version >= version) || Boolean(stored?.finishedAt && !closes(stage));

/** Applies a marker to its run, after the states before it; false when the run is past it. */
export async function applyRunMarker(deps: ApplyRunMarkerDeps, marker: RunMarker): Promise<boolean> {
  if (isFullEnd(marker)) await releaseKeptOwners(deps, { ...marker, now: deps.clock() });
  if (closes(marker.stage)) await reviewRenames(deps, marker.organisationId);
  return recordMarker(deps, marker, async () => ({
    applied: await countApplied(deps, marker),
    ...(isFullEnd(marker) ? await countTotals(deps, marker.organisationId) : {}),
  }));
}

/** Writes a marker to its run, with what is counted when it is. */
export async function recordMarker(
  { runs, clock }: Pick<ApplyRunMarkerDeps, 'runs' | 'clock'>,
  marker: RunMarker,
  counted: () => Promise<Partial<RunDocument>>,
): Promise<boolean> {
  return updateRun(runs, marker.runId, async (stored) => {
    if (isPast(stored, marker)) return undefined;
    return {
      ...described(marker, stored),
      ...(await counted()),
      ...(closes(marker.stage) ? { finishedAt: clock() } : {}),
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
    cancelledBy = null,
    gapSince,
    changesSince,
    progress,
    counts,
    skipped = [],
    unreadableFields = [],
    problem = null,
  } = marker;
  return {
    ...{ organisationId, version, mode, stage, trigger, requestedBy, cancelledBy, progress, counts },
    ...{ skipped, unreadableFields, problem, gapSince: momentOf(gapSince), changesSince: momentOf(changesSince) },
    requestIds: [...new Set([...(stored?.requestIds ?? []), ...marker.requestIds])],
    // The first marker says when it began; should that one be missing, this one is the closest.
    startedAt: stored?.startedAt ?? new Date(marker.at),
  };
}

const momentOf = (at: string | undefined) => (at === undefined ? null : new Date(at));
