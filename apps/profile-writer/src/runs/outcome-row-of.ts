import type { OutcomeRowDocument } from '@learnamp/learners';
import type { Plan } from '../apply-user-states/plan-state.ts';

/** What the run of a state did to its person, for the run's counts. */
export function outcomeRowOf({ learnerId, state, outcome }: Plan): OutcomeRowDocument {
  const { organisationId, runId, personId, version } = state;
  return { _id: `${runId}:${personId}`, organisationId, runId, personId, learnerId, outcome, version };
}
