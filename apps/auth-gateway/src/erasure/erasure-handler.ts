import type { BatchHandler, BusRecord, Outcome } from '@learnamp/bus';
import { type CommandOutcomeDocument, decidedErasure } from '@learnamp/learners';
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
  const erasure = await decidedErasure(deps.commandOutcomes, record);
  if (!erasure) return notOurs;
  await eraseLearner(deps, erasure.organisationId, erasure.action);
  return done;
}
