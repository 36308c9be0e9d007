import type { LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { RemovalOfPerson } from './person-view.ts';

const causes = {
  left: 'They left the group.',
  deleted: 'Their account was deleted in Entra.',
  disabled: 'Their account was disabled in Entra.',
} as const;

/** Why a learner is not active; null of one who is. */
export async function whyRemoved(
  provisioningLog: Model<ProvisioningLogDocument>,
  learner: LearnerDocument,
): Promise<RemovalOfPerson | null> {
  if (learner.active) return null;
  const ended = await provisioningLog
    .findOne({ learnerId: learner._id, action: { $in: ['deactivated', 'unlinked'] } }, 'at')
    .sort({ at: -1 })
    .lean();
  return { cause: causeOf(learner), at: ended?.at.toISOString() ?? null };
}

function causeOf({ sources: { microsoft, manual }, formerLinks = [] }: LearnerDocument): string {
  if (microsoft?.removal) return causes[microsoft.removal.cause];
  if (manual) return 'They were made inactive by hand.';
  const isUnlinked = !microsoft && formerLinks.some(({ ended }) => ended === 'unlinked');
  return isUnlinked ? 'They were unlinked from the directory.' : 'Nobody says that they are active.';
}
