import type { LearnerCommand } from '@learnamp/contracts';
import type { CommandOutcomeDocument } from '@learnamp/learners';
import type { CommandResult } from './command-result.ts';

/** What a command came to, as it is stored under its id. */
export function outcomeOf(
  { commandId, organisationId, action: { kind } }: LearnerCommand,
  result: CommandResult,
  at: Date,
): CommandOutcomeDocument {
  const about = { _id: commandId, organisationId, kind, at };
  if ('refused' in result) return { ...about, outcome: 'refused', reason: result.refused, count: 0 };
  return { ...about, outcome: 'applied', reason: null, count: result.count };
}
