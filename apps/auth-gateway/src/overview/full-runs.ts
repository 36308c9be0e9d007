import type { RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { stateOf } from '../sync-runs/run-view.ts';
import type { HealthFacts } from './health.ts';

/** What the newest full runs say. */
export interface FullRuns extends Pick<HealthFacts, 'isRunning' | 'lastFull' | 'lastFullAt'> {
  /** People of the group of whom nothing was made, by the newest that came to its end. */
  readonly skipped: number;
}

type FullRun = Pick<RunDocument, 'stage' | 'finishedAt' | 'problem' | 'counts'>;

// One that comes to its end is among so many, unless they have been interrupted or cancelled all day.
const LOOKED_AT = 20;

export async function readFullRuns(runs: Model<RunDocument>, organisationId: string): Promise<FullRuns> {
  const newest = await runs
    .find({ organisationId, mode: 'full' }, 'stage finishedAt problem counts')
    .sort({ startedAt: -1 })
    .limit(LOOKED_AT)
    .lean<FullRun[]>();
  return fullRunsOf(newest.map((run) => ({ ...run, state: stateOf(run) })));
}

function fullRunsOf(runs: readonly (FullRun & { readonly state: ReturnType<typeof stateOf> })[]): FullRuns {
  const over = runs.find(({ state }) => state !== 'running' && state !== 'cancelled');
  const ended = runs.find(({ state }) => state === 'finished' || state === 'incomplete');
  return {
    isRunning: runs[0]?.state === 'running',
    lastFull: over ? { state: over.state === 'interrupted' ? 'interrupted' : 'finished', problem: over.problem } : null,
    lastFullAt: ended?.finishedAt ?? null,
    skipped: ended?.counts.skipped ?? 0,
  };
}
