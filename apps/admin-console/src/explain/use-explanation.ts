import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { words } from '../words/words.ts';

// Each reading may ask Microsoft, so it isn't repeated whenever somebody comes back to the window.
const FRESH_MS = 60_000;

const keyOf = (person: string) => ['explanations', person] as const;

/** Why somebody is as they are; `person` is an Object ID, a user principal name or an address. */
export const useExplanation = (person: string) =>
  useQuery({
    queryKey: keyOf(person),
    queryFn: ({ signal }) => answerOf(api.POST('/api/explanations', { body: { person }, signal })),
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
  });

/** Asks Microsoft in any case, and shows what it says. */
export function useFreshExplanation() {
  const queries = useQueryClient();
  return useCommand({
    send: async (person: string) => {
      const answer = await answerOf(api.POST('/api/explanations', { body: { person, fresh: true } }));
      queries.setQueryData(keyOf(person), answer);
      return answer;
    },
    done: ({ readAt }) => (readAt === null ? words.explain.unanswered : words.explain.answered),
    changes: [],
  });
}
