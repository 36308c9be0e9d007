import { batch } from '@learnamp/graph-client';
import type { RunContext } from '../runs/run-context.ts';

/** Asks for each person's own resource: the status of the answer, 404 where the directory has no such person now. */
export async function askExistence(
  { graph }: Pick<RunContext, 'graph'>,
  personIds: readonly string[],
): Promise<Map<string, number>> {
  const answers = await batch(
    graph,
    personIds.map((personId) => ({ method: 'GET' as const, url: `/users/${personId}?$select=id` })),
  );
  return new Map(personIds.map((personId, index) => [personId, answers[index]?.status ?? 0]));
}
