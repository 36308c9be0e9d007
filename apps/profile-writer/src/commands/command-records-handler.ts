import type { BatchHandler, HandlerContext, Outcome } from '@learnamp/bus';
import { type LearnerCommand, learnerCommand } from '@learnamp/contracts';
import { readRecord } from '../intake/read-record.ts';
import { learnerAccess, type UserRecordsHandlerDeps } from '../intake/user-records-handler.ts';
import { applyCommand, type ApplyCommandDeps } from './apply-command.ts';
import { applyImports } from './apply-imports.ts';
import { type Stretch, stretchesOf } from './stretches-of.ts';

const done: Outcome = { kind: 'done' };
const decided: Outcome = { kind: 'skip', reason: 'the command was carried out before' };

/**
 * Handles batches of `learner.commands`: imports that follow each other in bulk, everything else one command after the
 * other. What it throws is trouble with MongoDB.
 */
export function createCommandRecordsHandler({
  collections,
  findSettings,
  clock,
}: Omit<UserRecordsHandlerDeps, 'logger' | 'emptyKeys'>): BatchHandler {
  const deps = { ...collections, ...learnerAccess(collections), findSettings, clock };
  return async (records, context) => {
    const readings = records.map((record) => readRecord([learnerCommand], record));
    const commands = readings.flatMap((reading) => ('event' in reading ? [reading.event.data] : []));
    const applied = new Set<LearnerCommand>();
    for (const stretch of stretchesOf(commands)) {
      context.signal.throwIfAborted();
      for (const command of await applyStretch(deps, stretch, context)) applied.add(command);
      await context.heartbeat();
    }
    return readings.map((reading) => {
      if ('outcome' in reading) return reading.outcome;
      return applied.has(reading.event.data) ? done : decided;
    });
  };
}

/** Answers with the commands that were not carried out before. */
async function applyStretch(
  deps: ApplyCommandDeps,
  stretch: Stretch,
  { heartbeat }: HandlerContext,
): Promise<readonly LearnerCommand[]> {
  if ('imports' in stretch) return applyImports(deps, stretch.organisationId, stretch.imports, heartbeat);
  return (await applyCommand(deps, stretch.single)) ? [stretch.single] : [];
}
