import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { BusLogger } from '../bus-logger.ts';
import type { BusRecord, HandlerContext } from '../bus.ts';
import { type BackOff, backOffDelay } from '../delivery/back-off.ts';
import { deliver, type DeliverDeps } from '../delivery/deliver.ts';
import { failureFields } from '../delivery/describe-error.ts';
import { busRecordOf } from './bus-record-of.ts';
import type { GroupMembership } from './group-membership.ts';
import { withHeartbeats } from './with-heartbeats.ts';

export interface BatchWorkDeps extends DeliverDeps {
  readonly maxBatch: number;
  readonly backOff: BackOff;
  readonly membership: GroupMembership;
  /** The topic's name without the prefix. */
  readonly topicOf: (name: string) => string;
  readonly progressed: () => void;
  readonly logger: BusLogger;
}

/** What becomes of one batch that kafkajs fetched. Throws kafkajs's own errors only, never a handler's. */
export class BatchWork {
  readonly #deps: BatchWorkDeps;
  readonly #failures = new Map<string, number>();
  readonly #resumeTimers = new Map<string, NodeJS.Timeout>();

  constructor(deps: BatchWorkDeps) {
    this.#deps = deps;
  }

  /** Whether a partition waits after a failure. */
  get paused(): boolean {
    return this.#resumeTimers.size > 0;
  }

  close(): void {
    for (const timer of this.#resumeTimers.values()) clearTimeout(timer);
    this.#resumeTimers.clear();
  }

  async handle(payload: EachBatchPayload): Promise<void> {
    const { messages } = payload.batch;
    for (let start = 0; start < messages.length; start += this.#deps.maxBatch) {
      this.#deps.membership.throwIfToRejoin();
      if (!payload.isRunning() || payload.isStale()) return;
      const chunk = messages.slice(start, start + this.#deps.maxBatch);
      if (!(await this.#decided(payload, chunk))) return;
      await this.#commit(payload, chunk);
      this.#tellBehind(payload, chunk);
    }
  }

  async #decided(payload: EachBatchPayload, chunk: readonly KafkaMessage[]): Promise<boolean> {
    const { topic, partition } = payload.batch;
    const place = `${topic}/${partition}`;
    const attempts = (this.#failures.get(place) ?? 0) + 1;
    const records = chunk.map((message) => busRecordOf(this.#deps.topicOf(topic), partition, message));
    try {
      await this.#deliver(payload, records, attempts);
      this.#failures.delete(place);
      return true;
    } catch (error) {
      // A consumer whose handler throws a TypeError would end for good in kafkajs, and any other error would throw the
      // whole group out of step: nothing of a handler's leaves this place.
      this.#deps.membership.throwIfToRejoin();
      this.#failures.set(place, attempts);
      this.#deps.observer?.failed({ groupId: this.#deps.groupId, topic: this.#deps.topicOf(topic) });
      this.#pause(payload, attempts, error);
      return false;
    }
  }

  async #deliver(payload: EachBatchPayload, records: readonly BusRecord[], attempts: number): Promise<void> {
    const { membership, progressed } = this.#deps;
    const { signal } = membership;
    const beat = (): Promise<void> => payload.heartbeat().catch((error: unknown) => membership.note(error));
    const context: HandlerContext = {
      signal,
      heartbeat: async () => {
        progressed();
        await beat();
      },
    };
    progressed();
    await withHeartbeats(beat, () => deliver(this.#deps, { records, context, attempts }));
    progressed();
    signal.throwIfAborted();
  }

  async #commit(payload: EachBatchPayload, chunk: readonly KafkaMessage[]): Promise<void> {
    const { topic, partition } = payload.batch;
    const last = chunk.at(-1)?.offset ?? '';
    const offset = String(BigInt(last) + 1n);
    try {
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    } catch (error) {
      this.#deps.membership.note(error);
      throw error;
    }
    payload.resolveOffset(last);
  }

  #tellBehind({ batch }: EachBatchPayload, chunk: readonly KafkaMessage[]): void {
    const { topic, partition, highWatermark } = batch;
    const { groupId, observer, topicOf } = this.#deps;
    const behind = BigInt(highWatermark) - 1n - BigInt(chunk.at(-1)?.offset ?? 0);
    observer?.behind({ groupId, topic: topicOf(topic), partition }, Math.max(0, Number(behind)));
  }

  #pause(payload: EachBatchPayload, attempts: number, error: unknown): void {
    const { topic, partition } = payload.batch;
    const { groupId, logger, backOff, membership } = this.#deps;
    logger.warn({ groupId, topic, partition, attempts, ...failureFields(error) }, 'batch failed, partition paused');
    if (membership.signal.aborted) return;
    const resume = payload.pause();
    const place = `${topic}/${partition}`;
    clearTimeout(this.#resumeTimers.get(place));
    const timer = setTimeout(
      () => {
        this.#resumeTimers.delete(place);
        resume();
      },
      backOffDelay(backOff, attempts),
    );
    this.#resumeTimers.set(place, timer);
  }
}
