import type { GraphClient } from '../client/graph-client.ts';
import { GraphError } from '../errors/graph-error.ts';

// Graph, checkMemberGroups: "You can check up to a maximum of 20 groups per request".
const groupsPerRequest = 20;

/**
 * Which of the groups the person is a member of, nested groups included.
 * @throws GraphError `not-found` when Graph has no such person.
 */
export async function checkMemberGroups(
  client: GraphClient,
  personId: string,
  groupIds: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < groupIds.length; start += groupsPerRequest) {
    const { body } = await client.request({
      method: 'POST',
      url: `/users/${encodeURIComponent(personId)}/checkMemberGroups`,
      body: { groupIds: groupIds.slice(start, start + groupsPerRequest) },
      // An action that only reads.
      repeatable: true,
    });
    found.push(...readIds(body));
  }
  return found;
}

function readIds(body: unknown): string[] {
  const { value } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) {
    throw new GraphError('unexpected-response', 'Graph answered a membership check without a list of ids');
  }
  return value;
}
