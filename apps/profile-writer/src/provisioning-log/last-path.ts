import type { UserState } from '@learnamp/contracts';
import type { LearnerDocument, MicrosoftSource } from '@learnamp/learners';

/** By which groups a person is in scope as a state tells it; one that tells nothing leaves what was told before. */
export function lastPath(state: UserState, stored: LearnerDocument | undefined): Pick<MicrosoftSource, 'path'> {
  const microsoft = stored?.sources.microsoft;
  const path = state.path ?? (microsoft?.personId === state.personId ? microsoft.path : undefined);
  return path ? { path } : {};
}
