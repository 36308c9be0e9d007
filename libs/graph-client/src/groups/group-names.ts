import { batch } from '../batch/batch.ts';
import type { GraphClient } from '../client/graph-client.ts';
import { isOk } from '../errors/error-of-response.ts';

/** The names of groups by id, twenty with a request. One without a name, or that can't be read, is left out. */
export async function groupNames(client: GraphClient, groupIds: readonly string[]): Promise<Map<string, string>> {
  const answers = await batch(
    client,
    groupIds.map((id) => ({ url: `/groups/${encodeURIComponent(id)}?$select=displayName` })),
  );
  const names = new Map<string, string>();
  for (const [index, groupId] of groupIds.entries()) {
    const answer = answers[index];
    const name = answer && isOk(answer) ? (answer.body as { displayName?: unknown } | undefined)?.displayName : null;
    if (typeof name === 'string') names.set(groupId, name);
  }
  return names;
}
