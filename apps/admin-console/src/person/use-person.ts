import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';

const EVERY_MS = 15_000;

/** One person, by learner id. */
export const usePerson = (learnerId: string) =>
  useQuery({
    queryKey: ['people', 'one', learnerId],
    queryFn: ({ signal }) => answerOf(api.GET('/api/people/{learnerId}', { params: { path: { learnerId } }, signal })),
    refetchInterval: EVERY_MS,
  });
