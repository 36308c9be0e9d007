import type { BatchHandler, BusRecord, Outcome } from '@learnamp/bus';
import { type CommandOutcomeDocument, decidedErasure } from '@learnamp/learners';
import type { WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';

export interface ErasureHandlerDeps {
  readonly workRecords: Model<WorkRecord>;
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
  readonly clock: () => Date;
  readonly nudge: () => void;
}

const done: Outcome = { kind: 'done' };
const notOurs: Outcome = { kind: 'skip', reason: 'not for this service' };

/**
 * Follows `learner.commands` for erasures. profile-writer decides: only once it has erased somebody does what is known of
 * them here go, and until it has decided the command is asked about again. Whoever holds the organisation's lease does it, so
 * that nothing is decided about the person at the same time.
 */
export function erasureHandler(deps: ErasureHandlerDeps): BatchHandler {
  return async (records) => {
    const outcomes: Outcome[] = [];
    for (const record of records) outcomes.push(await handle(deps, record));
    deps.nudge();
    return outcomes;
  };
}

async function handle(
  { workRecords, commandOutcomes, clock }: ErasureHandlerDeps,
  record: BusRecord,
): Promise<Outcome> {
  const erasure = await decidedErasure(commandOutcomes, record);
  if (!erasure) return notOurs;
  const { commandId, organisationId, requestedBy, action } = erasure;
  const dueAt = clock();
  const request = { requestId: commandId, mode: 'erase' as const, personId: null, requestedBy, erases: action };
  await workRecords.updateOne(
    { _id: organisationId, 'requests.requestId': { $ne: commandId } },
    { $push: { requests: request }, $min: { dueAt, shortDueAt: dueAt, pausedUntil: dueAt } },
  );
  return done;
}
