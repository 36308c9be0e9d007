import { insertOnce } from '@learnamp/mongo';
import type { ImportCommand } from '../manual-source/find-by-hand.ts';
import { importRounds } from '../manual-source/import-rounds.ts';
import { importLearners, type ManualCommandDeps } from '../manual-source/manual-commands.ts';
import { outcomeOf } from './command-outcome.ts';

/**
 * Carries out imports of one organisation in bulk, and stores their outcomes; answers with those whose outcome was not
 * stored before. The effects of a round come first, and are recognised by the commands' ids.
 */
export async function applyImports(
  deps: ManualCommandDeps,
  organisationId: string,
  commands: readonly ImportCommand[],
  afterRound: () => Promise<void>,
): Promise<readonly ImportCommand[]> {
  const ids = commands.map(({ commandId }) => commandId);
  const stored = await deps.commandOutcomes.find({ _id: { $in: ids } }, '_id').lean();
  const known = new Set(stored.map(({ _id }) => _id));
  const fresh = commands.filter(({ commandId }) => !known.has(commandId));
  for (const round of await importRounds(deps.learners, organisationId, fresh)) {
    const results = await importLearners(deps, organisationId, round);
    const outcomes = round.map((command) =>
      outcomeOf(command, results.get(command.commandId) ?? { count: 0 }, deps.clock()),
    );
    await insertOnce(deps.commandOutcomes, outcomes);
    await afterRound();
  }
  return fresh;
}
