import {
  decodeEvent,
  type EncodedRecord,
  type LearnerAction,
  type LearnerCommand,
  learnerCommand,
} from '@learnamp/contracts';
import type { Model } from 'mongoose';
import type { CommandOutcomeDocument } from '../command/command-outcome-model.ts';

/** A command to erase somebody. */
export interface ErasureCommand extends LearnerCommand {
  readonly action: Extract<LearnerAction, { kind: 'erase' }>;
}

/**
 * The erasure that a record of `learner.commands` asks for, once profile-writer has carried it out; null where it asks for
 * something else, or was refused. What can't be read is profile-writer's to put aside.
 * @throws Error while profile-writer has not decided, so that the record comes again.
 */
export async function decidedErasure(
  commandOutcomes: Model<CommandOutcomeDocument>,
  record: EncodedRecord,
): Promise<ErasureCommand | null> {
  const decoded = decodeEvent([learnerCommand], record);
  if (!decoded.ok) return null;
  const { action, ...command } = decoded.event.data;
  if (action.kind !== 'erase') return null;
  const decided = await commandOutcomes.findById(command.commandId, 'outcome').lean();
  if (!decided) throw new Error('profile-writer has not decided about an erasure yet');
  return decided.outcome === 'refused' ? null : { ...command, action };
}
