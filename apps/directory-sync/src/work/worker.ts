import { GraphError } from '@learnamp/graph-client';
import { claimLease, type HeldLease, LeaseLostError, releaseLease, renewLease } from '@learnamp/mongo';
import type { Logger } from '@learnamp/service';
import type { WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import { settleDueAt } from './due.ts';
import type { Timings } from './timings.ts';

export interface WorkerDeps {
  readonly workRecords: Model<WorkRecord>;
  /** Unique among all workers of all processes. */
  readonly holder: string;
  readonly clock: () => Date;
  readonly timings: Timings;
  readonly logger: Logger;
  /** Which organisations it claims: those where anything is due, or only those where short work is. */
  readonly dueBy: 'dueAt' | 'shortDueAt';
  /** Does everything that is due for the organisation of the lease. The signal ends it early. */
  readonly workOff: (lease: HeldLease, signal: AbortSignal) => Promise<void>;
  /** Waits until something may be due, `ms` at most. */
  readonly idle: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Claims due organisations one after the other and works them off, until stopped. There is no leader: any number of
 * workers share the organisations by their leases.
 */
export async function runWorker(deps: WorkerDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const lease = await claim(deps);
    if (lease) await hold(deps, lease, signal);
    else await deps.idle(deps.timings.poll, signal);
  }
}

async function claim({ workRecords, holder, clock, timings, logger, dueBy }: WorkerDeps): Promise<HeldLease | null> {
  try {
    const now = clock();
    return await claimLease(
      workRecords,
      { [dueBy]: { $lte: now }, pausedUntil: { $lte: now } },
      { holder, now, ttlMs: timings.leaseTtl },
    );
  } catch (error) {
    logger.warn({ err: error }, 'could not look for due work');
    return null;
  }
}

async function hold(deps: WorkerDeps, lease: HeldLease, stop: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const keeping = setInterval(() => void keep(deps, lease, lost), deps.timings.leaseTtl / 3);
  try {
    await deps.workOff(lease, AbortSignal.any([stop, lost.signal]));
    await deps.workRecords.updateOne({ _id: lease.id }, { $set: { failures: 0 } });
  } catch (error) {
    await noteFailure(deps, lease, error, stop).catch((cause: unknown) => {
      deps.logger.warn({ organisationId: lease.id, err: cause }, 'could not note a failure');
    });
  } finally {
    clearInterval(keeping);
    await letGo(deps, lease);
  }
}

async function keep({ workRecords, clock, timings, logger }: WorkerDeps, lease: HeldLease, lost: AbortController) {
  try {
    await renewLease(workRecords, lease, new Date(clock().getTime() + timings.leaseTtl));
  } catch (error) {
    logger.warn({ organisationId: lease.id, epoch: lease.epoch, err: error }, 'lease not renewed');
    if (error instanceof LeaseLostError) lost.abort(error);
  }
}

/** Waits longer after each failure, so that a tenant in trouble costs little and others go on. */
async function noteFailure(
  { workRecords, clock, timings, logger }: WorkerDeps,
  lease: HeldLease,
  error: unknown,
  stop: AbortSignal,
): Promise<void> {
  if (stop.aborted || error instanceof LeaseLostError) {
    logger.info({ organisationId: lease.id, epoch: lease.epoch }, 'work handed over');
    return;
  }
  logger.error({ organisationId: lease.id, err: error }, 'work failed');
  const record = await workRecords.findById(lease.id).lean();
  const failures = (record?.failures ?? 0) + 1;
  const backOff = Math.min(timings.firstPause * 2 ** (failures - 1), timings.longestPause);
  const asked = error instanceof GraphError ? (error.retryAfterMs ?? 0) : 0;
  const pausedUntil = new Date(clock().getTime() + Math.max(backOff, asked));
  await workRecords.updateOne({ _id: lease.id }, { $set: { failures, pausedUntil } });
}

async function letGo({ workRecords, clock, logger }: WorkerDeps, lease: HeldLease): Promise<void> {
  try {
    await settleDueAt(workRecords, lease.id, clock());
    await releaseLease(workRecords, lease);
  } catch (error) {
    // It runs out by itself.
    logger.warn({ organisationId: lease.id, err: error }, 'lease not released');
  }
}
