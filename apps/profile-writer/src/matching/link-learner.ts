import type { UserState } from '@learnamp/contracts';
import type { FormerLink, LearnerDocument, MicrosoftSource } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { bareSourceOf } from './bare-source.ts';

// Lower than any: the state that made the link is applied next, and so is any other.
const NOTHING_APPLIED = '0000000000-000000000000';

/** Whether a person was linked and no state of them has been applied since. */
export const isFreshLink = ({ sources: { microsoft } }: LearnerDocument): boolean =>
  microsoft?.version === NOTHING_APPLIED;

/**
 * Links a learner to the person of a state; the state itself is applied after that, as anybody's is. Whoever was linked
 * before is remembered. Answers with the learner, or undefined where it changed since it was read.
 */
export async function linkLearner(
  learners: Model<LearnerDocument>,
  learner: LearnerDocument,
  state: UserState,
): Promise<LearnerDocument | undefined> {
  const { organisationId, personId } = state;
  // A person has one learner at most: where they left a tombstone, it makes room.
  await learners.deleteOne({ organisationId, 'sources.microsoft.personId': personId, tombstone: true });
  const microsoft = freshLinkTo(state);
  const formerLinks = formerLinksOf(learner, personId);
  const { matchedCount } = await learners.updateOne(
    { _id: learner._id, ...sameLink(learner) },
    { $set: { 'sources.microsoft': microsoft, formerLinks } },
  );
  return matchedCount === 1 ? { ...learner, sources: { ...learner.sources, microsoft }, formerLinks } : undefined;
}

/** The link to the person of a state that has not been applied. */
export const freshLinkTo = (state: UserState): MicrosoftSource => ({
  ...bareSourceOf(state),
  ...{ version: NOTHING_APPLIED, hash: '', active: false, removal: null },
});

/** That a learner's link, and what was applied by it, is what it was when the learner was read. */
export const sameLink = ({ sources: { microsoft } }: LearnerDocument) => ({
  'sources.microsoft.personId': microsoft?.personId ?? null,
  'sources.microsoft.version': microsoft?.version ?? null,
});

function formerLinksOf({ formerLinks = [], sources: { microsoft } }: LearnerDocument, personId: string): FormerLink[] {
  const others = formerLinks.filter((link) => link.personId !== personId);
  return microsoft && microsoft.personId !== personId ? [...others, formerLinkOf(microsoft, 'replaced')] : others;
}

export const formerLinkOf = (
  { personId, version, userPrincipalName, employeeId }: MicrosoftSource,
  ended: FormerLink['ended'],
  commandId?: string,
): FormerLink => ({
  ...{ personId, version, userPrincipalName, ended },
  ...(commandId === undefined ? {} : { commandId }),
  ...(employeeId === undefined ? {} : { employeeId }),
});
