import type { BatchHandler, BusRecord, Outcome } from '@learnamp/bus';
import { learnerCommand } from '@learnamp/contracts';
import { readRecord } from '../intake/read-record.ts';
import { learnerAccess, type UserRecordsHandlerDeps } from '../intake/user-records-handler.ts';
import { applyCommand, type ApplyCommandDeps } from './apply-command.ts';

const done: Outcome = { kind: 'done' };
const decided: Outcome = { kind: 'skip', reason: 'the command was carried out before' };

/** Handles batches of `learner.commands`, one command after the other. What it throws is trouble with MongoDB. */
export function createCommandRecordsHandler({
  collections,
  findSettings,
  clock,
}: Omit<UserRecordsHandlerDeps, 'logger'>): BatchHandler {
  const deps = { ...collections, ...learnerAccess(collections), findSettings, clock };
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
  const reading = readRecord([learnerCommand], record);
  if ('outcome' in reading) return reading.outcome;
  return (await applyCommand(deps, reading.event.data)) ? done : decided;
}
