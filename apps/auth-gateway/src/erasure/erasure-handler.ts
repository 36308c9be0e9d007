import type { BatchHandler, BusRecord, Outcome } from '@learnamp/bus';
import { decodeEvent, learnerCommand } from '@learnamp/contracts';
import type { CommandOutcomeDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { eraseLearner, type EraseLearnerDeps } from './erase-learner.ts';

export interface ErasureHandlerDeps extends EraseLearnerDeps {
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
}

const done: Outcome = { kind: 'done' };
const notOurs: Outcome = { kind: 'skip', reason: 'not for this service' };

/**
 * Follows `learner.commands` for erasures. profile-writer decides: only once it has erased somebody does what is kept of
 * them here go, and until it has decided the command is asked about again.
 */
export function erasureHandler(deps: ErasureHandlerDeps): BatchHandler {
  return async (records) => {
    const outcomes: Outcome[] = [];
    for (const record of records) outcomes.push(await handle(deps, record));
    return outcomes;
  };
}

async function handle(deps: ErasureHandlerDeps, record: BusRecord): Promise<Outcome> {
  const decoded = decodeEvent([learnerCommand], record);
  // What can't be read is profile-writer's to put aside.
  if (!decoded.ok || decoded.event.data.action.kind !== 'erase') return notOurs;
  const { commandId, organisationId, action } = decoded.event.data;
  const outcome = await deps.commandOutcomes.findById(commandId, 'outcome').lean();
  if (!outcome) throw new Error('profile-writer has not decided about an erasure yet');
  if (outcome.outcome === 'refused') return notOurs;
  await eraseLearner(deps, organisationId, action);
  return done;
}
