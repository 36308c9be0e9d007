import type {
  ConflictDocument,
  LearnerDocument,
  OutcomeRowDocument,
  ProvisioningLogDocument,
} from '@learnamp/learners';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Rows of a preview tell of people who may never be learners, so they are not kept for long. */
export const expiryOf = (now: Date): Date => new Date(now.getTime() + WEEK_MS);

/** A row of the copies with all that there is to tell of it. Who waits has it told already. */
export function plannedRow(
  row: OutcomeRowDocument,
  entry: ProvisioningLogDocument | undefined,
  learner: LearnerDocument | undefined,
  now: Date,
): OutcomeRowDocument {
  if (row.planned) return row;
  return {
    ...row,
    outcome: entry?.action === 'kept' ? 'kept' : row.outcome,
    planned: {
      userPrincipalName: learner?.sources.microsoft?.userPrincipalName ?? '',
      displayName: learner?.fields.displayName ?? null,
      changes: entry?.changes ?? [],
      removal: entry?.removal ?? null,
      reason: entry?.action === 'kept' ? 'nobody else would be an active Owner' : null,
      expiresAt: expiryOf(now),
    },
  };
}

/** The row of somebody whom the end of the run changes by itself: a kept Owner who is let go. */
export const rowOfEntry = (entry: ProvisioningLogDocument): OutcomeRowDocument => {
  const { organisationId, runId, personId, learnerId, version } = entry;
  return { _id: `${runId}:${personId}`, organisationId, runId, personId, learnerId, outcome: 'deactivated', version };
};

/** The row of somebody who would wait in the conflict inbox. */
export function conflictRow({ organisationId, personId, kind, said }: ConflictDocument, now: Date): OutcomeRowDocument {
  const { runId, version, userPrincipalName, fields } = said;
  return {
    _id: `${runId}:${personId}`,
    ...{ organisationId, runId, personId, learnerId: null, outcome: 'conflict', version },
    planned: {
      ...{ userPrincipalName, displayName: fields.displayName, changes: [], removal: null },
      ...{ reason: kind, expiresAt: expiryOf(now) },
    },
  };
}
