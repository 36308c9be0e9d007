import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';

// A page that stays open notices within this time that its session has ended.
const EVERY_MS = 5_000;

/** Who looks at the console, and where. */
export const useMe = () =>
  useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/me', { signal })),
    refetchInterval: EVERY_MS,
  });
