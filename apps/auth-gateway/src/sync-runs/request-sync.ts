import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@learnamp/bus';
import { encodeEvent, syncRequest, type SyncRequest } from '@learnamp/contracts';
import type { Runs } from './runs.ts';

export interface RequestSyncDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly runs: Pick<Runs, 'servedBy'>;
  readonly clock: () => Date;
}

export interface WantedSync {
  readonly organisationId: string;
  readonly mode: SyncRequest['mode'];
  /** The person of a `person` run. */
  readonly personId?: string;
  /** What a `cancel` is about. */
  readonly cancels?: string;
  /** The people of an `approve` or `reject`. */
  readonly personIds?: string[];
  /** The learner who asks. */
  readonly requestedBy: string;
}

/** `runId` is absent when no run has taken the request up yet; it will. */
export interface RequestedSync {
  readonly requestId: string;
  readonly runId?: string;
}

const PATIENCE_MS = 2_000;
const POLL_MS = 50;

/** Asks directory-sync for a run. Once this resolves, the request is durable. */
export async function requestSync(deps: RequestSyncDeps, wanted: WantedSync): Promise<RequestedSync> {
  const { organisationId } = wanted;
  const requestId = randomUUID();
  const context = { organisationId, key: organisationId, source: 'auth-gateway', time: deps.clock() };
  await deps.bus.publish([encodeEvent(syncRequest, { ...wanted, requestId }, context)]);
  const runId = await servedSoon(deps, organisationId, requestId);
  return { requestId, ...(runId === undefined ? {} : { runId }) };
}

/** The run that serves the request, if one does soon: a command's outcome is worth a short wait. */
async function servedSoon(
  { runs }: RequestSyncDeps,
  organisationId: string,
  requestId: string,
): Promise<string | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const runId = await runs.servedBy(organisationId, requestId);
    if (runId !== undefined || performance.now() > deadline) return runId;
    await delay(POLL_MS);
  }
}
