import type { UserState } from '@learnamp/contracts';
import type { MicrosoftSource } from '@learnamp/learners';

/** The state that was applied of a person last, for whoever has to apply it to another learner. */
export function stateOfLink(
  { removal, ...said }: MicrosoftSource,
  about: Pick<UserState, 'organisationId' | 'runId'>,
): UserState {
  return { ...about, source: 'microsoft', ...said, ...(removal ? { removal } : {}) };
}
