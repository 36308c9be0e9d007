import type { LearnerCommand } from '@learnamp/contracts';
import type { CommandOutcomeDocument, LearnerDocument, ManualSource } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import type { CommandResult } from '../commands/command-result.ts';
import { findByHand, type ImportAction, type ImportTarget } from './find-by-hand.ts';
import { writeByHand } from './write-by-hand.ts';

export interface ManualCommandDeps extends ApplyRoundDeps {
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
}

type Command = Omit<LearnerCommand, 'action'>;

/** Makes what an import says the state of the learner's manual source. */
export function importLearner(deps: ManualCommandDeps, command: Command, action: ImportAction): Promise<CommandResult> {
  const { employeeId = null, userPrincipalName = null, active, fields, customFields } = action;
  return changeByHand(deps, command, {
    find: () => findByHand(deps.learners, command, action),
    manualOf: () => ({
      ...{ active, employeeId, userPrincipalName, fields },
      ...(customFields ? { customFields } : {}),
    }),
  });
}

/** Makes a learner active by hand, as they were shown last where nothing was said by hand before. */
export function reactivateLearner(
  deps: ManualCommandDeps,
  command: Command,
  learnerId: string,
): Promise<CommandResult> {
  const { organisationId, commandId } = command;
  return changeByHand(deps, command, {
    find: async () => {
      const stored = await deps.learners.findOne({ _id: learnerId, organisationId, tombstone: { $ne: true } }).lean();
      if (!stored) return { refused: 'There is no such learner.' };
      const isOurs = stored.sources.manual?.commandId === commandId;
      return stored.active && !isOurs ? { refused: 'The learner is active.' } : { learnerId, stored };
    },
    manualOf: (stored) => {
      const { fields, customFields } = stored?.sources.manual ?? stored ?? {};
      if (!fields) throw new Error('a learner who is made active was found before');
      const { employeeId = null, userPrincipalName = null } = stored?.sources.manual ?? {};
      return { active: true, employeeId, userPrincipalName, fields, ...(customFields ? { customFields } : {}) };
    },
  });
}

interface Change {
  readonly find: () => Promise<ImportTarget | { readonly refused: string }>;
  readonly manualOf: (stored: LearnerDocument | undefined) => Omit<ManualSource, 'id' | 'version' | 'commandId'>;
}

/**
 * Reads, decides and writes, again until nobody wrote in between. The outcome is looked for after the reading: a command
 * whose outcome is not there then was followed by none that the reading could have missed.
 */
async function changeByHand(deps: ManualCommandDeps, command: Command, change: Change): Promise<CommandResult> {
  const { commandId } = command;
  for (;;) {
    const target = await change.find();
    if ('refused' in target) return target;
    const before = target.stored?.sources.manual;
    if (before?.commandId === commandId) return { count: 1 };
    if (await deps.commandOutcomes.exists({ _id: commandId })) return { count: 1 };
    const manual: ManualSource = {
      ...{ id: before?.id ?? commandId, version: (before?.version ?? 0) + 1, commandId },
      ...change.manualOf(target.stored),
    };
    const written = await writeByHand(deps, command.organisationId, { ...target, manual });
    if (written === 'last-owner') return { refused: 'The last active Owner of an organisation stays active.' };
    if (written === 'written') return { count: 1 };
  }
}
