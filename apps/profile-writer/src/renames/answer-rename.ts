import type { LearnerAction, LearnerCommand } from '@learnamp/contracts';
import { type RenameOfferDocument, renameOfferId } from '@learnamp/learners';
import type { CommandResult } from '../commands/command-result.ts';
import type { MergeMembersDeps } from '../teams/merge-members.ts';
import { renameTeam } from './rename-team.ts';
import { reviewOffer, reviewRenames, type ReviewRenamesDeps } from './review-renames.ts';

export type RenameCommandDeps = ReviewRenamesDeps & MergeMembersDeps;

type Command = Omit<LearnerCommand, 'action'>;
type Answer = Extract<LearnerAction, { kind: 'answer-rename' }>;

const GONE = 'This is not offered any more.';

/** Carries out an answer. It is noted first; a command that comes again finds its own answer and does what is left to do. */
export async function answerRename(
  deps: RenameCommandDeps,
  { organisationId, commandId, requestedBy }: Command,
  { from, to, answer }: Answer,
): Promise<CommandResult> {
  const _id = renameOfferId(organisationId, from, to);
  const offer = await deps.renameOffers.findById(_id).lean();
  if (!offer) return { refused: 'This is not offered.' };
  if (offer.answer?.commandId !== commandId) {
    if (offer.state !== 'open') return { refused: GONE };
    if (answer === 'accept' && !(await reviewOffer(deps, offer))) {
      return { refused: 'The people of the department are not where they were when this was offered.' };
    }
    const noted = { commandId, by: requestedBy, at: deps.clock() };
    const state: RenameOfferDocument['state'] = answer === 'accept' ? 'accepted' : 'dismissed';
    const { matchedCount } = await deps.renameOffers.updateOne(
      { _id, state: 'open' },
      { $set: { state, answer: noted } },
    );
    if (matchedCount === 0) return { refused: GONE };
  }
  if (answer === 'accept') {
    await renameTeam(deps, offer);
    // Other departments that seemed to have the same new name don't seem so any more.
    await reviewRenames(deps, organisationId);
  }
  return { count: 1 };
}
