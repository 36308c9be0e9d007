import type { Logger } from '@learnamp/service';
import type { RunView } from '../sync-runs/run-view.ts';
import type { Runs } from '../sync-runs/runs.ts';

/** Told of a run whenever it was read, changed or not; null once it isn't there any more. */
export type RunListener = (run: RunView | null) => void;

/** Follows runs for whoever listens, each run by one reading of it, however many listen in this process. */
export interface RunWatches {
  /** Tells from now on, until the answer is called. */
  join(about: { readonly organisationId: string; readonly runId: string }, listener: RunListener): () => void;
}

export interface RunWatchesDeps {
  readonly runs: Pick<Runs, 'find'>;
  readonly logger: Logger;
  /** Between two readings of a run, in milliseconds. */
  readonly pollMs: number;
}

interface Watch {
  readonly listeners: Set<RunListener>;
  readonly stop: () => void;
}

export function createRunWatches(deps: RunWatchesDeps): RunWatches {
  const watches = new Map<string, Watch>();
  return {
    join: ({ organisationId, runId }, listener) => {
      const watch = watches.get(runId) ?? startWatch(deps, organisationId, runId);
      watches.set(runId, watch);
      watch.listeners.add(listener);
      return () => {
        watch.listeners.delete(listener);
        if (watch.listeners.size > 0) return;
        watch.stop();
        if (watches.get(runId) === watch) watches.delete(runId);
      };
    },
  };
}

function startWatch({ runs, logger, pollMs }: RunWatchesDeps, organisationId: string, runId: string): Watch {
  const listeners = new Set<RunListener>();
  let reading = false;
  const read = async () => {
    // A database that is slow is not asked more often.
    if (reading) return;
    reading = true;
    try {
      const run = await runs.find(organisationId, runId);
      for (const listener of [...listeners]) listener(run);
    } catch (error) {
      logger.warn({ organisationId, runId, err: error }, 'run not read for its watchers');
    } finally {
      reading = false;
    }
  };
  const timer = setInterval(() => void read(), pollMs);
  return { listeners, stop: () => clearInterval(timer) };
}
