import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';

/** The id of the group whose members are provisioned; null where none is known. */
export function useGroupId(): string | null {
  const { data } = useQuery({
    queryKey: ['microsoft', 'group-id'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/microsoft', { signal }))).groupId,
  });
  return data ?? null;
}
