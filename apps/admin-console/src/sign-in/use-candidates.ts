import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';

/** The Owners who may be named for emergencies. */
export const useCandidates = () =>
  useQuery({
    queryKey: ['settings', 'break-glass-candidates'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/break-glass-candidates', { signal }))).candidates,
  });
