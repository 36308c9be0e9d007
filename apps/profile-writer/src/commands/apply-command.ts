import type { LearnerCommand } from '@learnamp/contracts';
import type { CommandOutcomeDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import {
  acceptInvitation,
  type InvitationCommandDeps,
  resendInvitation,
  sendInvitations,
} from '../invitations/invitation-commands.ts';
import type { CommandResult } from './command-result.ts';

export interface ApplyCommandDeps extends InvitationCommandDeps {
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
}

/**
 * Carries out a command and stores its outcome; false when that is stored already. The effect comes first and is
 * recognised by the command's id, so whoever dies in between does the same again.
 */
export async function applyCommand(deps: ApplyCommandDeps, command: LearnerCommand): Promise<boolean> {
  const { commandId, organisationId, action } = command;
  if (await deps.commandOutcomes.exists({ _id: commandId })) return false;
  const result = await resultOf(deps, command);
  const refused = 'refused' in result;
  const outcome: CommandOutcomeDocument = {
    _id: commandId,
    organisationId,
    kind: action.kind,
    outcome: refused ? 'refused' : 'applied',
    reason: refused ? result.refused : null,
    count: refused ? 0 : result.count,
    at: deps.clock(),
  };
  await insertOnce(deps.commandOutcomes, [outcome]);
  return true;
}

function resultOf(deps: InvitationCommandDeps, { action, ...command }: LearnerCommand): Promise<CommandResult> {
  switch (action.kind) {
    case 'send-invitations':
      return sendInvitations(deps, command, action.learnerIds);
    case 'resend-invitation':
      return resendInvitation(deps, command, action.learnerId);
    case 'accept-invitation':
      return acceptInvitation(deps, command, action.learnerId);
  }
}
