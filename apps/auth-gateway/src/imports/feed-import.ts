import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@learnamp/bus';
import { encodeEvent, type LearnerCommand, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import type { CommandOutcomeDocument } from '@learnamp/learners';
import { type HeldLease, LeaseLostError, renewLease } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { type ImportDocument, type ImportRowDocument, rowIds } from './import-model.ts';

export interface FeedImportDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly imports: Model<ImportDocument>;
  readonly importRows: Model<ImportRowDocument>;
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
  readonly clock: () => Date;
}

export const LEASE_MS = 30_000;

const ROWS_AT_ONCE = 500;

/** Rows on their way at most, so that other commands of the organisation, and of others, needn't wait for a whole list. */
const ON_THEIR_WAY = 1_000;

const POLL_MS = 200;

/**
 * Hands the rows of a list to profile-writer, as commands whose ids come from import and line, until each has an outcome.
 * Who dies after publishing and before noting it publishes again, and profile-writer knows the commands by their ids.
 */
export async function feedImport(deps: FeedImportDeps, lease: HeldLease, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await renewLease(deps.imports, lease, new Date(deps.clock().getTime() + LEASE_MS));
    const found = await deps.imports.findById(lease.id).lean();
    if (!found) throw new LeaseLostError(lease.id, lease.epoch);
    const done = await deps.commandOutcomes.countDocuments({ _id: rowIds(found._id) });
    if (done >= found.counts.accepted) return finish(deps, lease);
    const isWaiting = found.handed.rows >= found.counts.accepted || found.handed.rows - done >= ON_THEIR_WAY;
    if (isWaiting) await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
    else await handOver(deps, lease, found);
  }
}

async function handOver(deps: FeedImportDeps, lease: HeldLease, list: ImportDocument): Promise<void> {
  const rows = await deps.importRows
    .find({ importId: list._id, line: { $gt: list.handed.line }, action: { $ne: null } })
    .sort({ line: 1 })
    .limit(ROWS_AT_ONCE)
    .lean();
  const commands = rows.flatMap(({ _id, action }): LearnerCommand[] => {
    const { organisationId, requestedBy } = list;
    return action ? [{ commandId: _id, organisationId, requestedBy, action }] : [];
  });
  await deps.bus.publish(commands.map((command) => eventOf(command, deps.clock())));
  const handed = { rows: list.handed.rows + rows.length, line: rows.at(-1)?.line ?? list.handed.line };
  await write(deps, lease, { handed });
}

function eventOf(command: LearnerCommand, time: Date) {
  const { organisationId } = command;
  return encodeEvent(learnerCommand, command, {
    ...{ organisationId, key: learnerCommandKey(command), source: 'auth-gateway', time },
  });
}

const finish = (deps: FeedImportDeps, lease: HeldLease) =>
  write(deps, lease, { state: 'finished', finishedAt: deps.clock() });

/** @throws LeaseLostError when somebody else feeds it now. */
async function write(
  { imports }: FeedImportDeps,
  { id, holder, epoch }: HeldLease,
  set: Partial<Pick<ImportDocument, 'handed' | 'state' | 'finishedAt'>>,
): Promise<void> {
  const held = { _id: id, 'lease.holder': holder, 'lease.epoch': epoch };
  if ((await imports.updateOne(held, { $set: set })).matchedCount === 0) throw new LeaseLostError(id, epoch);
}
