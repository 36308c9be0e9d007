import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { claimLease, type HeldLease, LeaseLostError, releaseLease } from '@learnamp/mongo';
import type { Logger } from '@learnamp/service';
import { feedImport, type FeedImportDeps, LEASE_MS } from './feed-import.ts';

export interface RunFeedersDeps extends FeedImportDeps {
  readonly logger: Logger;
}

const POLL_MS = 500;

/** Lists that one process feeds at a time. */
const AT_ONCE = 8;

/** Feeds lists that are started until stopped; each in one process at a time, whoever holds its lease. */
export async function runFeeders(deps: RunFeedersDeps, signal: AbortSignal): Promise<void> {
  const holder = randomUUID();
  const feeding = new Set<Promise<void>>();
  while (!signal.aborted) {
    const lease = feeding.size < AT_ONCE ? await claim(deps, holder) : null;
    if (lease) {
      const one: Promise<void> = feedOne(deps, lease, signal).finally(() => feeding.delete(one));
      feeding.add(one);
    } else await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(feeding);
}

async function claim({ imports, clock, logger }: RunFeedersDeps, holder: string): Promise<HeldLease | null> {
  try {
    return await claimLease(imports, { state: 'started' }, { holder, now: clock(), ttlMs: LEASE_MS });
  } catch (error) {
    logger.error({ err: error }, 'no list can be taken up');
    return null;
  }
}

/** What goes wrong is tried again by whoever claims the list next, at the earliest when the lease has run out. */
async function feedOne(deps: RunFeedersDeps, lease: HeldLease, signal: AbortSignal): Promise<void> {
  try {
    await feedImport(deps, lease, signal);
    await releaseLease(deps.imports, lease);
    deps.logger.info({ importId: lease.id }, 'list handed over');
  } catch (error) {
    if (error instanceof LeaseLostError) deps.logger.info({ importId: lease.id }, 'list taken over by another process');
    else deps.logger.error({ err: error, importId: lease.id }, 'list interrupted');
  }
}
