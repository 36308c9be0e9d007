import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing, isSessionOver } from './problem.ts';

const ATTEMPTS = 3;
const FRESH_MS = 5_000;

/** Reads and commands of the whole console. `onSessionOver` is called once anything is answered as to a stranger. */
export function createQueryClient(onSessionOver: () => void): QueryClient {
  const onError = (error: Error) => {
    if (isSessionOver(error)) onSessionOver();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => isPassing(error) && failures < ATTEMPTS,
        retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 8_000),
        // Also while the browser believes that there is no network: it may be wrong, and an error says more than waiting.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
