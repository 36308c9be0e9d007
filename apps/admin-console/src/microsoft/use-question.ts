import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import type { Asked, DirectoryAnswer } from './microsoft.ts';

const LOOK_AGAIN_MS = 1_000;

/** What is asked about: a group's Object ID or the beginning of its name; null for the permissions. */
type About = string | null;

export interface Question {
  readonly ask: (about: About) => void;
  /** Asked, and there is no answer yet. */
  readonly isAsking: boolean;
  readonly answerId: string | null;
  readonly answer: DirectoryAnswer | null;
}

const keyOf = (kind: string) => ['microsoft-questions', kind] as const;

/** A question to the directory. Its last answer stays, by its kind, also when the page is left for another one. */
export function useQuestion(kind: 'permissions' | 'groups' | 'group'): Question {
  const queries = useQueryClient();
  const queryKey = keyOf(kind);
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const id = queries.getQueryData<Asked>(queryKey)?.answerId ?? '';
      return answerOf(api.GET('/api/microsoft/questions/{id}', { params: { path: { id } }, signal }));
    },
    enabled: ({ state }) => state.data?.answer === null,
    refetchInterval: LOOK_AGAIN_MS,
    staleTime: 0,
  });
  const give = useCommand({
    send: async (about: About): Promise<Asked> => {
      const body = about === null ? ({ question: 'permissions' } as const) : ({ question: 'group', about } as const);
      return answerOf(api.POST('/api/microsoft/questions', { body }));
    },
    changes: [],
  });
  return {
    ask: (about) => give.mutate(about, { onSuccess: (asked) => queries.setQueryData<Asked>(queryKey, asked) }),
    isAsking: give.isPending || data?.answer === null,
    answerId: data?.answerId ?? null,
    answer: give.isPending ? null : (data?.answer ?? null),
  };
}

/** The last answer about the permissions, as long as this visit has one. */
export const usePermissions = () => useQuestion('permissions').answer?.permissions ?? null;
