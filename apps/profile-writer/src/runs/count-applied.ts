import type { AppliedCounts, OutcomeRowDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** What a run did to people so far, counted from its outcome rows. */
export async function countApplied(rows: Model<OutcomeRowDocument>, runId: string): Promise<AppliedCounts> {
  const groups = await rows.aggregate<{ _id: keyof AppliedCounts; count: number }>([
    { $match: { runId } },
    { $group: { _id: '$outcome', count: { $sum: 1 } } },
  ]);
  const counts: AppliedCounts = { created: 0, updated: 0, unchanged: 0, deactivated: 0 };
  return { ...counts, ...Object.fromEntries(groups.map(({ _id, count }) => [_id, count])) };
}
