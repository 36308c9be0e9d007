import { erasedAmong } from '@learnamp/learners';
import type { RunContext } from '../runs/run-context.ts';

/** Those of these people of whom nothing is to be kept: they are neither read nor noted, wherever the directory names them. */
export async function erasedPeople(
  { applied, organisation }: Pick<RunContext, 'applied' | 'organisation'>,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const people = personIds.map((personId) => ({ organisationId: organisation.id, personId }));
  return new Set([...(await erasedAmong(applied.erasures, people))].map(({ personId }) => personId));
}
