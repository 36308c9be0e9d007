import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** Those of the ids that are learners, active or not; a tombstone is none. */
export async function existingLearners(
  learners: Model<LearnerDocument>,
  ids: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Set();
  const found = await learners.find({ _id: { $in: wanted }, tombstone: { $ne: true } }, { _id: 1 }).lean();
  return new Set(found.map(({ _id }) => _id));
}
