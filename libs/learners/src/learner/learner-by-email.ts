import type { Model } from 'mongoose';
import type { LearnerDocument } from './learner-model.ts';

/**
 * The active learner of an email address, as it is shown to them; null where there is none, or more than one. Letters
 * and their capitals are the same, as mail servers have it.
 */
export async function learnerByEmail(
  learners: Model<LearnerDocument>,
  organisationId: string,
  email: string,
): Promise<LearnerDocument | null> {
  const found = await learners
    .find({ organisationId, active: true, 'fields.email': email })
    .collation({ locale: 'en', strength: 2 })
    .limit(2)
    .lean();
  return found.length === 1 ? (found[0] ?? null) : null;
}
