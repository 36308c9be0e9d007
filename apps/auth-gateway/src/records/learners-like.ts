import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

// More people than anybody means by one name.
const MOST = 500;

/** Ids of the learners, active or not, who have this address, whatever its capitals, or this text in their name. */
export async function learnersLike(
  learners: Model<LearnerDocument>,
  organisationId: string,
  text: string,
): Promise<string[]> {
  const literally = text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = new RegExp(`^${literally}$`, 'i');
  const found = await learners
    .find(
      {
        organisationId,
        $or: [
          { 'fields.email': whole },
          { 'sources.microsoft.userPrincipalName': whole },
          { 'fields.displayName': new RegExp(literally, 'i') },
        ],
      },
      '_id',
    )
    .limit(MOST)
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}
