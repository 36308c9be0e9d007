import type { RunMarker } from '@learnamp/contracts';
import type { SentRequest } from '@learnamp/graph-client';
import type { Metrics } from '@learnamp/service';
import { Counter, Histogram } from 'prom-client';

/** A run that is over. */
export type EndedRun = Pick<RunMarker, 'mode' | 'stage'> & { readonly seconds: number };

/** Hears what directory-sync does, to count it. */
export interface SyncObserver {
  readonly runEnded: (run: EndedRun) => void;
  readonly graphAnswered: (request: SentRequest) => void;
}

/** What directory-sync counts. No label names an organisation: there are many, and the numbers are for all to see. */
export function createSyncMetrics(metrics: Metrics): SyncObserver {
  const registers = [metrics];
  const runs = new Histogram({
    ...{ name: 'directory_sync_run_seconds', help: 'Runs by mode and how they ended, and how long they took' },
    ...{ labelNames: ['mode', 'stage'], registers },
    buckets: [1, 5, 15, 60, 300, 900, 3_600, 14_400],
  });
  const requests = new Counter({
    ...{ name: 'graph_requests_total', help: 'HTTP requests to Microsoft Graph by status; none, where no answer came' },
    ...{ labelNames: ['status'], registers },
  });
  return {
    runEnded: ({ mode, stage, seconds }) => runs.observe({ mode, stage }, seconds),
    graphAnswered: ({ status }) => requests.inc({ status: status === undefined ? 'none' : String(status) }),
  };
}
