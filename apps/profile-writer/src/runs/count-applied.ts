import type { AppliedCounts, ConflictDocument, OutcomeRowDocument, PlannedOutcome } from '@learnamp/learners';
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
  const waiting = await conflicts.countDocuments({ organisationId, state: 'waiting', 'said.runId': runId });
  return { ...(await countOutcomes(outcomeRows, runId)), conflicts: waiting };
}

type OutcomeCounts = Pick<AppliedCounts, 'created' | 'updated' | 'unchanged' | 'deactivated'> &
  Partial<Record<PlannedOutcome, number>>;

/** How many rows of a run have each outcome. */
export async function countOutcomes(outcomeRows: Model<OutcomeRowDocument>, runId: string): Promise<OutcomeCounts> {
  const groups = await outcomeRows.aggregate<{ _id: PlannedOutcome; count: number }>([
    { $match: { runId } },
    { $group: { _id: '$outcome', count: { $sum: 1 } } },
  ]);
  return {
    ...{ created: 0, updated: 0, unchanged: 0, deactivated: 0 },
    ...Object.fromEntries(groups.map(({ _id, count }) => [_id, count])),
  };
}
