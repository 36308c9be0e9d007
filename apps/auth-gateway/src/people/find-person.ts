import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { Problem } from '../problems/problem.ts';

/**
 * A learner of the organisation.
 * @throws Problem 404 for one of another organisation, and for a leaver of whom only a version is kept.
 */
export async function findPerson(
  learners: Model<LearnerDocument>,
  organisationId: string,
  learnerId: string,
): Promise<LearnerDocument> {
  const learner = await learners.findOne({ _id: learnerId, organisationId }).lean<LearnerDocument>();
  if (!learner || learner.tombstone) throw new Problem(404, 'not-found', 'There is no such person here.');
  return learner;
}
