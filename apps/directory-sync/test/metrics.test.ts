import { expect, it } from '@jest/globals';
import { createMetrics } from '@learnamp/service';
import { createSyncMetrics } from '../src/metrics/sync-metrics.ts';

it('the numbers of directory-sync tell how runs ended, how long they took, and what Graph answered', async () => {
  const metrics = createMetrics();
  const observer = createSyncMetrics(metrics);
  const request = { method: 'GET', path: '/users', milliseconds: 5, throttled: false, batchMembers: 0 };

  observer.runEnded({ mode: 'delta', stage: 'finished', seconds: 3 });
  observer.runEnded({ mode: 'full', stage: 'interrupted', seconds: 30 });
  observer.graphAnswered({ ...request, status: 429 });
  observer.graphAnswered(request);

  const text = await metrics.metrics();
  expect(text).toContain('directory_sync_run_seconds_count{mode="delta",stage="finished"} 1\n');
  expect(text).toContain('directory_sync_run_seconds_sum{mode="full",stage="interrupted"} 30\n');
  expect(text).toContain('graph_requests_total{status="429"} 1\n');
  expect(text).toContain('graph_requests_total{status="none"} 1\n');
});
