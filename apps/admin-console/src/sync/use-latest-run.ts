import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, api } from '../api/client.ts';
import type { Run } from './run.ts';

const IDLE_MS = 5_000;
const key = ['sync-runs', 'latest'] as const;

/** The run to watch: while it goes on by events, else by asking now and then whether there is another one. */
export function useLatestRun() {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/sync-runs/latest', { signal }))).run,
    refetchInterval: IDLE_MS,
  });
  const followed = query.data?.state === 'running' ? query.data.id : null;
  useEffect(() => {
    if (followed === null) return;
    const events = new EventSource(`/api/sync-runs/${followed}/events`);
    // Each event is the whole run, so one that was missed is made up for by the next.
    events.addEventListener('run', ({ data }: MessageEvent<string>) => {
      const run = JSON.parse(data) as Run;
      queries.setQueryData(key, run);
      if (run.state !== 'running') void queries.invalidateQueries();
    });
    return () => events.close();
  }, [followed, queries]);
  return query;
}
