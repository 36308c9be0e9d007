import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';

const EVERY_MS = 15_000;

export const useMicrosoft = () =>
  useQuery({
    queryKey: ['microsoft', 'now'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/microsoft', { signal })),
    refetchInterval: EVERY_MS,
  });
