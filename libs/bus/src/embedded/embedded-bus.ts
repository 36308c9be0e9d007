import { setTimeout as timeout } from 'node:timers/promises';
import { type AppendRecord, contentOf } from '../append-record.ts';
import { BusError } from '../bus-error.ts';
import type { BusRecord, Consumer, ConsumerSpec, OutgoingRecord } from '../bus.ts';
import type { ReadRange, ReplayPosition, TopicSpec } from '../bus.ts';
import { defaultBackOff } from '../delivery/back-off.ts';
import { withDeadLetterTopics } from '../delivery/dead-letter.ts';
import type { GroupDescription, OperatorBus, TopicDescription } from '../operating.ts';
import { partitionOf } from '../partition-of.ts';
import { checkSizes } from '../record-size.ts';
import { busClosed, checkOffset, partitionCountMismatch, unknownPartition, unknownTopic } from '../refusals.ts';
import { publishedInSpan } from '../tracing/published-in-span.ts';
import { calm, type Chaos, createChaos } from './chaos.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { describeStored, describeStoredGroup, storedOffsetsAt } from './describe.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import type { EmbeddedBusOptions } from './embedded-bus-options.ts';
import { EmbeddedConsumer } from './embedded-consumer.ts';
import { type LogStore, openLogStore } from './log-store.ts';
import { readTopic } from './read-topic.ts';
import { seekGroup } from './seek-group.ts';
import { Turns } from './turns.ts';

class EmbeddedBus implements OperatorBus {
  readonly #options: EmbeddedBusOptions;
  readonly #lock: DirectoryLock;
  readonly #store: LogStore;
  readonly #chaos: Chaos;
  readonly #groups = new Map<string, ConsumerGroup>();
  readonly #consumers = new Set<EmbeddedConsumer>();
  #closing: Promise<void> | undefined;

  constructor(options: EmbeddedBusOptions, lock: DirectoryLock) {
    this.#options = options;
    this.#lock = lock;
    this.#chaos = options.chaos === undefined ? calm : createChaos(options.chaos);
    this.#store = openLogStore(options.directory);
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    this.#checkOpen();
    for (const { name, partitions } of withDeadLetterTopics(topics)) {
      const existing = this.#store.topics().get(name);
      if (existing === undefined) await this.#store.createTopic(name, partitions);
      else if (existing !== partitions) throw partitionCountMismatch(name, partitions, existing);
    }
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.#checkOpen();
    const { maxRecordBytes } = this.#options;
    await publishedInSpan(records, maxRecordBytes, async (traced) => {
      checkSizes(traced.map(contentOf), maxRecordBytes);
      await this.#append(traced.map((record) => this.#placed(record)));
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async consume(spec: ConsumerSpec): Promise<Consumer> {
    this.#checkOpen();
    for (const topic of spec.topics) this.#partitionCount(topic);
    const group = this.#groupOf(spec.groupId);
    const consumer = new EmbeddedConsumer({
      spec,
      turns: new Turns((waiting) => this.#chaos.nextInLine(waiting)),
      now: Date.now,
      group,
      stopDeadline: (signal) => timeout(this.#options.stopWithinMs ?? 20_000, undefined, { signal }),
      logger: this.#options.logger,
    });
    this.#consumers.add(consumer);
    group.join(consumer);
    return consumer;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, as the port says; this driver has it all at hand
  async *read(range: ReadRange): AsyncGenerator<BusRecord, void, undefined> {
    this.#checkOpen();
    yield* readTopic(this.#store, range, this.#partitionCount(range.topic));
  }

  async seek(groupId: string, topic: string, position: ReplayPosition): Promise<void> {
    this.#checkOpen();
    const partitions = this.#partitionCount(topic);
    this.#groupOf(groupId).checkInactive();
    await seekGroup(this.#store, { groupId, topic, partitions }, position);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async describeTopics(names: readonly string[]): Promise<TopicDescription[]> {
    this.#checkOpen();
    return describeStored(this.#store, names);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async offsetsAt(topic: string, time: number): Promise<{ partition: number; offset: bigint }[]> {
    this.#checkOpen();
    return storedOffsetsAt(this.#store, topic, this.#partitionCount(topic), time);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async describeGroup(groupId: string, topic: string): Promise<GroupDescription> {
    this.#checkOpen();
    const partitions = this.#partitionCount(topic);
    return describeStoredGroup(this.#store, { groupId, topic, partitions }, this.#groupOf(groupId).memberCount);
  }

  wholeSpecs(topics: readonly TopicSpec[]): TopicSpec[] {
    return withDeadLetterTopics(topics);
  }

  /** There is nothing to configure: this driver neither compacts nor forgets. */
  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async configureTopic(name: string): Promise<void> {
    this.#checkOpen();
    this.#partitionCount(name);
  }

  async append(records: readonly AppendRecord[]): Promise<void> {
    this.#checkOpen();
    checkSizes(records, this.#options.maxRecordBytes);
    for (const { topic, partition } of records) {
      if (partition < 0 || partition >= this.#partitionCount(topic)) throw unknownPartition(topic, partition);
    }
    await this.#append(records);
  }

  async cutBefore(topic: string, partition: number, offset: bigint): Promise<void> {
    this.#checkOpen();
    if (partition < 0 || partition >= this.#partitionCount(topic)) throw unknownPartition(topic, partition);
    const bounds = { low: this.#store.startOf(topic, partition), high: this.#store.endOf(topic, partition) };
    if (offset <= bounds.low) return;
    checkOffset(offset, { topic, partition, low: BigInt(bounds.low), high: BigInt(bounds.high) });
    await this.#store.cutBefore(topic, partition, Number(offset));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#store.close();
    this.#lock.release();
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw busClosed();
  }

  #partitionCount(topic: string): number {
    const count = this.#store.topics().get(topic);
    if (count === undefined) throw unknownTopic(topic);
    return count;
  }

  #placed(record: OutgoingRecord): AppendRecord {
    const partition = partitionOf(record.partitionBy, this.#partitionCount(record.topic));
    return { ...contentOf(record), partition };
  }

  async #append(records: readonly AppendRecord[]): Promise<void> {
    for (const { topic } of records) this.#partitionCount(topic);
    const written = this.#chaos.appendsTwice() ? [...records, ...records] : records;
    try {
      await this.#store.append(written, Date.now());
    } catch (error) {
      throw new BusError('bus-unavailable', 'the records could not be written to disk', error);
    }
    for (const { topic, partition } of records) {
      for (const group of this.#groups.values()) group.wake(topic, partition);
    }
  }

  #groupOf(groupId: string): ConsumerGroup {
    const known = this.#groups.get(groupId);
    if (known !== undefined) return known;
    const group = new ConsumerGroup(this.#runnerDeps(), groupId);
    this.#groups.set(groupId, group);
    return group;
  }

  #runnerDeps(): ConstructorParameters<typeof ConsumerGroup>[0] {
    return {
      store: this.#store,
      append: (records) => this.#append(records),
      backOff: this.#options.backOff ?? defaultBackOff,
      wait: (milliseconds, signal) => timeout(milliseconds, undefined, { signal }),
      chaos: this.#chaos,
      logger: this.#options.logger,
      onFatal: (error) => this.#options.onFatal(new BusError('consumer-dead', 'the embedded bus failed', error)),
    };
  }
}

/** Opens the bus that lives in a directory. Throws BusError `bus-in-use` when another process has it open. */
export function createEmbeddedBus(options: EmbeddedBusOptions): OperatorBus {
  const lock = lockDirectory(options.directory);
  try {
    return new EmbeddedBus(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}
