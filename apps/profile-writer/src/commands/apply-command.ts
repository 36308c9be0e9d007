import type { LearnerAction, LearnerCommand } from '@learnamp/contracts';
import { insertOnce } from '@learnamp/mongo';
import { resolveConflict } from '../conflicts/conflict-commands.ts';
import { unlinkLearner } from '../conflicts/unlink-learner.ts';
import { type ErasureDeps, erasePerson, liftErasure } from '../erasure/erasure-commands.ts';
import { acceptInvitation, resendInvitation, sendInvitations } from '../invitations/invitation-commands.ts';
import { reactivateLearner } from '../manual-source/manual-commands.ts';
import { sendTestNotice, type TestNoticeDeps } from '../notices/send-test-notice.ts';
import { type OwnPhotoDeps, removeOwnPhoto, setOwnPhoto } from '../photos/own-photo-commands.ts';
import { clearApplied, type ClearAppliedDeps } from '../rebuild/clear-applied.ts';
import { answerRename, type RenameCommandDeps } from '../renames/answer-rename.ts';
import { addMembership, removeMembership, setTeamParent, type TeamCommandDeps } from '../teams/team-commands.ts';
import { type PasswordLinkCommandDeps, queuePasswordLink } from '../password-links/queue-password-link.ts';
import { outcomeOf } from './command-outcome.ts';
import type { CommandResult } from './command-result.ts';

export interface ApplyCommandDeps
  extends
    ErasureDeps,
    OwnPhotoDeps,
    TeamCommandDeps,
    RenameCommandDeps,
    PasswordLinkCommandDeps,
    ClearAppliedDeps,
    TestNoticeDeps {}

/** A command that is carried out by itself, as against imports. */
export interface SingleCommand extends LearnerCommand {
  readonly action: Exclude<LearnerAction, { kind: 'import' }>;
}

/**
 * Carries out a command and stores its outcome; false when that is stored already. The effect comes first and is
 * recognised by the command's id, so whoever dies in between does the same again.
 */
export async function applyCommand(deps: ApplyCommandDeps, command: SingleCommand): Promise<boolean> {
  if (await deps.commandOutcomes.exists({ _id: command.commandId })) return false;
  const result = await resultOf(deps, command);
  await insertOnce(deps.commandOutcomes, [outcomeOf(command, result, deps.clock())]);
  return true;
}

function resultOf(deps: ApplyCommandDeps, { action, ...command }: SingleCommand): Promise<CommandResult> {
  switch (action.kind) {
    case 'send-invitations':
      return sendInvitations(deps, command, action.learnerIds);
    case 'resend-invitation':
      return resendInvitation(deps, command, action.learnerId);
    case 'accept-invitation':
      return acceptInvitation(deps, command, action.learnerId);
    case 'send-password-link':
      return queuePasswordLink(deps, command, action);
    case 'send-test-notice':
      return sendTestNotice(deps, command, action);
    case 'reactivate':
      return reactivateLearner(deps, command, action.learnerId);
    case 'resolve-conflict':
      return resolveConflict(deps, command, action);
    case 'unlink':
      return unlinkLearner(deps, command, action.learnerId);
    case 'set-team-parent':
      return setTeamParent(deps, command, action);
    case 'answer-rename':
      return answerRename(deps, command, action);
    case 'add-membership':
      return addMembership(deps, command, action);
    case 'remove-membership':
      return removeMembership(deps, command, action);
    case 'set-own-photo':
      return setOwnPhoto(deps, command, action);
    case 'remove-own-photo':
      return removeOwnPhoto(deps, command, action.learnerId);
    case 'erase':
      return erasePerson(deps, command, action);
    case 'lift-erasure':
      return liftErasure(deps, command, action.people);
    case 'clear-applied':
      return clearApplied(deps, command);
  }
}
