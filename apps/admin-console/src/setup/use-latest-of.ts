import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';

const EVERY_MS = 3_000;

/** The latest run of a kind; null where there has been none. */
export const useLatestOf = (kind: 'preview' | 'full') =>
  useQuery({
    queryKey: ['sync-runs', 'latest-of', kind],
    queryFn: async ({ signal }) => {
      const query = { kind, limit: 1 } as const;
      return (await answerOf(api.GET('/api/sync-runs', { params: { query }, signal }))).items[0] ?? null;
    },
    refetchInterval: EVERY_MS,
  });
