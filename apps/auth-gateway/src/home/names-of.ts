import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { nameOf } from './profile.ts';

/** What somebody is called of whom only an id is left. */
export const SOMEBODY_GONE = 'Somebody who is not there any more';

/** The names of those of the learners who are there, by id; who is of another organisation is not. */
export async function namesOf(
  learners: Model<LearnerDocument>,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await learners.find({ organisationId, _id: { $in: ids } }, 'fields').lean<LearnerDocument[]>();
  return new Map(found.map((learner) => [learner._id, nameOf(learner)]));
}
