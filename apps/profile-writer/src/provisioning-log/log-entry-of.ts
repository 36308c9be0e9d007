import type { ProvisioningLogDocument } from '@learnamp/learners';
import { lastPath } from './last-path.ts';
import type { Plan } from '../apply-user-states/plan-state.ts';

/** The entry that tells what a plan changes and why; none where it changes nothing. */
export function logEntryOf({ learnerId, stored, state, action, changes }: Plan, at: Date): ProvisioningLogDocument[] {
  if (action === null) return [];
  const { organisationId, personId, runId, version, removal = null } = state;
  return [
    {
      _id: `${learnerId}:${version}`,
      organisationId,
      learnerId,
      personId,
      runId,
      version,
      at,
      action,
      changes,
      removal,
      ...lastPath(state, stored),
    },
  ];
}
