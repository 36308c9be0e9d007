import type { BusLogger } from '../bus-logger.ts';
import type { AppendRecord } from '../append-record.ts';
import type { BusRecord } from '../bus.ts';
import { type BackOff, backOffDelay } from '../delivery/back-off.ts';
import { deliver } from '../delivery/deliver.ts';
import { failureFields } from '../delivery/describe-error.ts';
import type { Chaos } from './chaos.ts';
import type { EmbeddedConsumer } from './embedded-consumer.ts';
import type { LogStore } from './log-store.ts';

export interface RunnerDeps {
  readonly store: LogStore;
  readonly append: (records: readonly AppendRecord[]) => Promise<void>;
  readonly backOff: BackOff;
  /** Resolves after so many milliseconds, rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly chaos: Chaos;
  readonly logger: BusLogger;
  /** Called with what went wrong in the runner itself, such as a broken disk; the partition stands still then. */
  readonly onFatal: (error: unknown) => void;
}

export interface Place {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
}

/**
 * Delivers one partition to one group, whoever of its members has it. It belongs to the group and not to a member, so
 * that a partition changes hands between two batches and never within one.
 */
export class PartitionRunner {
  readonly place: Place;
  readonly #deps: RunnerDeps;
  #owner: EmbeddedConsumer | undefined;
  #moved = new AbortController();
  #position: number;
  #failures = 0;
  #running = false;
  #woken = false;

  constructor(deps: RunnerDeps, place: Place) {
    this.#deps = deps;
    this.place = place;
    this.#position = this.#committed();
  }

  /** Gives the partition to a member, or to nobody. */
  assign(owner: EmbeddedConsumer | undefined): void {
    if (owner === this.#owner) return;
    this.#owner = owner;
    this.#position = this.#committed();
    this.#moved.abort();
    this.#moved = new AbortController();
    this.wake();
  }

  /** Looks for records; called whenever there may be new ones. */
  wake(): void {
    this.#woken = true;
    if (this.#running) return;
    this.#running = true;
    this.#run().catch((error: unknown) => this.#deps.onFatal(error));
  }

  #committed(): number {
    return this.#deps.store.committed(this.place.groupId, this.place.topic, this.place.partition) ?? 0;
  }

  async #run(): Promise<void> {
    try {
      while (this.#woken) {
        this.#woken = false;
        while (this.#owner !== undefined && (await this.#step(this.#owner)));
      }
    } finally {
      this.#running = false;
    }
  }

  /** One batch. Says whether there may be more. */
  async #step(owner: EmbeddedConsumer): Promise<boolean> {
    const { topic, partition } = this.place;
    const limit = this.#deps.chaos.batchSize(owner.maxBatch);
    const records = this.#deps.store.page(topic, partition, this.#position, limit);
    if (records.length === 0) return false;

    const moved = this.#moved.signal;
    if (!(await this.#waited(this.#deps.chaos.delayMs(), moved))) return true;
    await owner.turns.take();
    const delivered = owner === this.#owner ? await this.#deliver(owner, records) : true;
    owner.turns.give();
    if (!delivered) await this.#pause(owner, moved);
    return true;
  }

  async #deliver(owner: EmbeddedConsumer, records: readonly BusRecord[]): Promise<boolean> {
    const { groupId } = this.place;
    const { append, logger } = this.#deps;
    owner.progressed();
    try {
      const deps = { groupId, handle: owner.spec.handle, appendDeadLetters: append, logger };
      await deliver(deps, { records, context: owner.context, attempts: this.#failures + 1 });
      owner.context.signal.throwIfAborted();
      await this.#moveOn(records);
      return true;
    } catch (error) {
      this.#failures += 1;
      const fields = { ...this.place, offset: this.#position, attempts: this.#failures };
      logger.warn({ ...fields, ...failureFields(error) }, 'batch failed, partition paused');
      return false;
    } finally {
      owner.progressed();
    }
  }

  async #moveOn(records: readonly BusRecord[]): Promise<void> {
    const { groupId, topic, partition } = this.place;
    const next = Number(records.at(-1)?.offset) + 1;
    this.#failures = 0;
    if (this.#deps.chaos.redelivers()) return;
    await this.#deps.store.commit(groupId, topic, partition, next);
    this.#position = next;
  }

  async #pause(owner: EmbeddedConsumer, moved: AbortSignal): Promise<void> {
    const name = `${this.place.topic}/${this.place.partition}`;
    owner.paused.add(name);
    await this.#waited(backOffDelay(this.#deps.backOff, this.#failures), moved);
    owner.paused.delete(name);
  }

  /** False when the partition changed hands meanwhile. */
  async #waited(milliseconds: number, moved: AbortSignal): Promise<boolean> {
    if (milliseconds === 0) return !moved.aborted;
    return this.#deps.wait(milliseconds, moved).then(
      () => true,
      () => false,
    );
  }
}
