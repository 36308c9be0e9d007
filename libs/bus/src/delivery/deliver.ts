import type { AppendRecord } from '../append-record.ts';
import { BusError } from '../bus-error.ts';
import type { BusLogger } from '../bus-logger.ts';
import type { BatchHandler, BusRecord, HandlerContext } from '../bus.ts';
import type { BusObserver } from '../observer.ts';
import type { Outcome } from '../outcome.ts';
import { handledInSpan } from '../tracing/handled-in-span.ts';
import { deadLetterOf } from './dead-letter.ts';

export interface DeliverDeps {
  readonly groupId: string;
  readonly handle: BatchHandler;
  /** Resolves when the dead letters are durable. All of them go into one partition. */
  readonly appendDeadLetters: (records: readonly AppendRecord[]) => Promise<void>;
  readonly logger: BusLogger;
  readonly observer?: BusObserver;
}

export interface Delivery {
  readonly records: readonly BusRecord[];
  readonly context: HandlerContext;
  readonly attempts: number;
}

/**
 * Hands records to the handler and carries its outcomes out. When it resolves, the offset may move past the records;
 * when it rejects, nothing may be committed and the same records are to come again.
 */
export async function deliver(deps: DeliverDeps, delivery: Delivery): Promise<void> {
  const { records, attempts } = delivery;
  await handledInSpan({ groupId: deps.groupId, records, attempts }, () => handle(deps, delivery));
}

async function handle(deps: DeliverDeps, delivery: Delivery): Promise<readonly Outcome[]> {
  const outcomes = await deps.handle(delivery.records, delivery.context);
  if (outcomes.length !== delivery.records.length) {
    throw new BusError(
      'outcome-count',
      `the handler of ${deps.groupId} returned ${outcomes.length} outcomes for ${delivery.records.length} records`,
    );
  }
  const deadLetters = delivery.records.flatMap((record, index) =>
    carryOut(deps, record, outcomes[index], delivery.attempts),
  );
  if (deadLetters.length > 0) await deps.appendDeadLetters(deadLetters);
  tell(deps, delivery.records, outcomes);
  return outcomes;
}

function tell({ observer, groupId }: DeliverDeps, records: readonly BusRecord[], outcomes: readonly Outcome[]): void {
  if (!observer) return;
  const now = Date.now();
  for (const [index, { topic, timestamp }] of records.entries()) {
    observer.decided({ groupId, topic }, outcomes[index]?.kind ?? 'done', now - timestamp);
  }
}

function carryOut(
  deps: DeliverDeps,
  record: BusRecord,
  outcome: Outcome | undefined,
  attempts: number,
): AppendRecord[] {
  if (outcome === undefined || outcome.kind === 'done') return [];
  const { topic, partition, offset } = record;
  const place = { groupId: deps.groupId, topic, partition, offset: String(offset), reason: outcome.reason };
  if (outcome.kind === 'skip') {
    deps.logger.debug(place, 'record skipped');
    return [];
  }
  deps.logger.warn(place, 'record dead-lettered');
  const { reason, cause } = outcome;
  return [deadLetterOf(record, { reason, error: cause, groupId: deps.groupId, attempts })];
}
