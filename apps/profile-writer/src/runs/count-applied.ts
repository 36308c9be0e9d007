import type { AppliedCounts, AppliedOutcome, ConflictDocument, OutcomeRowDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

export interface CountAppliedDeps {
  readonly outcomeRows: Model<OutcomeRowDocument>;
  readonly conflicts: Model<ConflictDocument>;
}

/** What a run did to people so far, counted from its outcome rows, and whom it brought who wait in the inbox. */
export async function countApplied(
  { outcomeRows, conflicts }: CountAppliedDeps,
  { organisationId, runId }: { readonly organisationId: string; readonly runId: string },
): Promise<AppliedCounts> {
  const groups = await outcomeRows.aggregate<{ _id: AppliedOutcome; count: number }>([
    { $match: { runId } },
    { $group: { _id: '$outcome', count: { $sum: 1 } } },
  ]);
  const waiting = await conflicts.countDocuments({ organisationId, state: 'waiting', 'said.runId': runId });
  return {
    ...{ created: 0, updated: 0, unchanged: 0, deactivated: 0 },
    ...Object.fromEntries(groups.map(({ _id, count }) => [_id, count])),
    conflicts: waiting,
  };
}
