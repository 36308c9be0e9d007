import { batch } from '../batch/batch.ts';
import type { GraphClient } from '../client/graph-client.ts';
import { isOk } from '../errors/error-of-response.ts';
import { eventual, readCount } from './read-count.ts';

/**
 * How many direct members of any kind each group has, by an index that lags. A group that can't be counted is left out.
 * @throws GraphError when a batch itself fails.
 */
export async function countMembers(client: GraphClient, groupIds: readonly string[]): Promise<Map<string, number>> {
  const answers = await batch(
    client,
    groupIds.map((id) => ({ url: `/groups/${encodeURIComponent(id)}/members/$count`, headers: eventual })),
  );
  const counts = new Map<string, number>();
  for (const [index, groupId] of groupIds.entries()) {
    const answer = answers[index];
    const count = answer && isOk(answer) ? readCount(answer.body) : undefined;
    if (count !== undefined) counts.set(groupId, count);
  }
  return counts;
}
