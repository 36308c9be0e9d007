import type { BatchHandler, BusRecord, Outcome } from '@learnamp/bus';
import { decodeEvent, learnerCommand } from '@learnamp/contracts';
import { applyCommand, type ApplyCommandDeps } from './apply-command.ts';

const done: Outcome = { kind: 'done' };
const decided: Outcome = { kind: 'skip', reason: 'the command was carried out before' };

/** Handles batches of `learner.commands`, one command after the other. What it throws is trouble with MongoDB. */
export function createCommandRecordsHandler(deps: ApplyCommandDeps): BatchHandler {
  return async (records, { signal, heartbeat }) => {
    const outcomes: Outcome[] = [];
    for (const record of records) {
      signal.throwIfAborted();
      outcomes.push(await outcomeOf(deps, record));
      await heartbeat();
    }
    return outcomes;
  };
}

async function outcomeOf(deps: ApplyCommandDeps, record: BusRecord): Promise<Outcome> {
  const decoded = decodeEvent([learnerCommand], record);
  if (!decoded.ok) return { kind: 'dead-letter', reason: decoded.reason };
  return (await applyCommand(deps, decoded.event.data)) ? done : decided;
}
