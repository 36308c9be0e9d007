import type { LearnerCommand } from '@learnamp/contracts';
import type { CommandOutcomeDocument, LearnerDocument, ManualSource } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import type { CommandResult } from '../commands/command-result.ts';
import { findByHand, type FoundByHand, type ImportCommand } from './find-by-hand.ts';
import { keepOwnersAddresses } from './owners-addresses.ts';
import { type SaidByHand, saidByImport } from './said-by-import.ts';
import { type WantedByHand, writeByHand } from './write-by-hand.ts';

export interface ManualCommandDeps extends ApplyRoundDeps {
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
}

type Command = Omit<LearnerCommand, 'action'>;

/** What each command came to, by its id. */
export type CommandResults = ReadonlyMap<string, CommandResult>;

/** Makes what imports say the state of their learners' manual sources. All are of one organisation, each about another learner. */
export function importLearners(
  deps: ManualCommandDeps,
  organisationId: string,
  commands: readonly ImportCommand[],
): Promise<CommandResults> {
  return changeByHand(deps, organisationId, commands, {
    find: async (open) =>
      keepOwnersAddresses(deps.roles, organisationId, await findByHand(deps.learners, organisationId, open)),
    manualOf: ({ action }, stored) => saidByImport(action, stored),
  });
}

/** Makes a learner active by hand, as they were shown last where nothing was said by hand before. */
export async function reactivateLearner(
  deps: ManualCommandDeps,
  command: Command,
  learnerId: string,
): Promise<CommandResult> {
  const { organisationId, commandId } = command;
  const results = await changeByHand(deps, organisationId, [command], {
    find: async () => {
      const stored = await deps.learners.findOne({ _id: learnerId, organisationId, tombstone: { $ne: true } }).lean();
      return () => {
        if (!stored) return { refused: 'There is no such learner.' };
        const isOurs = stored.sources.manual?.commandId === commandId;
        return stored.active && !isOurs ? { refused: 'The learner is active.' } : { learnerId, stored };
      };
    },
    manualOf: (_command, stored) => {
      const { fields, customFields } = stored?.sources.manual ?? stored ?? {};
      if (!fields) throw new Error('a learner who is made active was found before');
      const { employeeId = null, userPrincipalName = null } = stored?.sources.manual ?? {};
      return { active: true, employeeId, userPrincipalName, fields, ...(customFields ? { customFields } : {}) };
    },
  });
  return results.get(commandId) ?? { count: 0 };
}

interface Change<Asked extends Command> {
  /** Reads, and says of each command whom it is about. */
  readonly find: (commands: readonly Asked[]) => Promise<(command: Asked) => FoundByHand>;
  readonly manualOf: (command: Asked, stored: LearnerDocument | undefined) => SaidByHand;
}

/**
 * Reads, decides and writes, again until nobody wrote in between. The outcome is looked for after the reading: a command
 * whose outcome is not there then was followed by none that the reading could have missed.
 */
async function changeByHand<Asked extends Command>(
  deps: ManualCommandDeps,
  organisationId: string,
  commands: readonly Asked[],
  { find, manualOf }: Change<Asked>,
): Promise<CommandResults> {
  const results = new Map<string, CommandResult>();
  for (let open = commands; open.length > 0; open = open.filter(({ commandId }) => !results.has(commandId))) {
    const found = await find(open);
    const decided = await decidedAmong(deps, open);
    const wanted = open.flatMap((command): WantedByHand[] => {
      const { commandId } = command;
      const target = found(command);
      const before = 'refused' in target ? undefined : target.stored?.sources.manual;
      if ('refused' in target) results.set(commandId, target);
      else if (before?.commandId === commandId || decided.has(commandId)) results.set(commandId, { count: 1 });
      else return [{ ...target, manual: sourceAfter(commandId, before, manualOf(command, target.stored)) }];
      return [];
    });
    for (const [commandId, result] of await writeByHand(deps, organisationId, wanted)) results.set(commandId, result);
  }
  return results;
}

const sourceAfter = (commandId: string, before: ManualSource | undefined, said: SaidByHand): ManualSource => ({
  ...{ id: before?.id ?? commandId, version: (before?.version ?? 0) + 1, commandId },
  ...said,
});

async function decidedAmong({ commandOutcomes }: ManualCommandDeps, commands: readonly Command[]) {
  const ids = commands.map(({ commandId }) => commandId);
  return new Set((await commandOutcomes.find({ _id: { $in: ids } }, '_id').lean()).map(({ _id }) => _id));
}
