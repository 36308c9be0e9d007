import type { RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** The run did not come to a good end. The message is for the person at the terminal. */
export class RunFailedError extends Error {
  readonly code = 'run-failed';
  readonly retriable = false;
}

export interface FollowOptions {
  readonly requestId: string;
  readonly photos: boolean;
  readonly onProgress: (run: RunDocument) => void;
  readonly signal: AbortSignal;
  /** Told once when nothing has come to an end for this long; the waiting goes on. */
  readonly onSlow: (problem: string) => void;
}

const POLL_MS = 150;
const SLOW_MS = 30_000;

/** Waits until the run that answers a request has been applied, photos included. @throws RunFailedError */
export async function followRun(runs: Model<RunDocument>, options: FollowOptions): Promise<RunDocument> {
  const startedAt = Date.now();
  let warned = false;
  while (!options.signal.aborted) {
    const run = await runs.findOne({ requestIds: options.requestId, stage: { $ne: 'interrupted' } }).lean();
    if (run) options.onProgress(run);
    if (run?.finishedAt && run.problem !== null && run.counts.members === 0) throw new RunFailedError(run.problem);
    if (run?.finishedAt && (run.photos !== null || !options.photos)) return run;
    if (!warned && !run && Date.now() - startedAt > SLOW_MS) {
      warned = true;
      options.onSlow(await lastProblem(runs, options.requestId));
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new RunFailedError('stopped before the first full sync was applied');
}

async function lastProblem(runs: Model<RunDocument>, requestId: string): Promise<string> {
  const interrupted = await runs
    .findOne({ requestIds: requestId, stage: 'interrupted' })
    .sort({ startedAt: -1 })
    .lean();
  return interrupted?.problem ?? 'the sync has not begun yet';
}
