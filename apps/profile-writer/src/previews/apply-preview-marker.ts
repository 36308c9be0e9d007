import type { RunMarker } from '@learnamp/contracts';
import type { AppliedCounts } from '@learnamp/learners';
import type { FindOpenSettings } from '@learnamp/organisations';
import type { Collections } from '../collections.ts';
import { releaseKeptOwners } from '../owners/release-kept-owners.ts';
import { closes, isPast, recordMarker } from '../runs/apply-run-marker.ts';
import { countOutcomes } from '../runs/count-applied.ts';
import { keepRows } from './keep-rows.ts';
import { type Copied, emptyCopies, fillCopies } from './preview-copies.ts';

export interface PreviewMarkerDeps {
  readonly collections: Collections;
  readonly copies: Copied;
  readonly findSettings: FindOpenSettings;
  readonly clock: () => Date;
}

/**
 * Applies a marker of a preview, after the proposals before it; false when the run is past it. The copies are made before
 * the run is there, and cleared before it is over, so whoever dies in between does the same again.
 */
export async function applyPreviewMarker(deps: PreviewMarkerDeps, marker: RunMarker): Promise<boolean> {
  const { collections, copies, clock } = deps;
  const { runs, outcomeRows } = collections;
  if (isPast(await runs.findById(marker.runId).lean(), marker)) return false;
  if (marker.stage === 'started') await fillCopies(collections, copies, marker.organisationId);
  if (closes(marker.stage)) await close(deps, marker);
  const rows = closes(marker.stage) ? outcomeRows : copies.outcomeRows;
  return recordMarker({ runs, clock }, marker, async () => ({ applied: await countPlanned(rows, marker.runId) }));
}

async function close(
  { collections, copies, findSettings, clock }: PreviewMarkerDeps,
  marker: RunMarker,
): Promise<void> {
  const now = clock();
  if (marker.stage === 'finished') {
    // As at the end of a full run.
    await releaseKeptOwners({ ...copies, roles: collections.roles, findSettings }, { ...marker, now });
    await keepRows(copies, collections.outcomeRows, marker, now);
  }
  await emptyCopies(copies, marker.organisationId);
}

/** Counted from the rows alone: by then there is nothing else. */
async function countPlanned(outcomeRows: Collections['outcomeRows'], runId: string): Promise<AppliedCounts> {
  const { conflict = 0, ...counts } = await countOutcomes(outcomeRows, runId);
  return { ...counts, conflicts: conflict };
}
