import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Consumer as KafkajsConsumer, RetryOptions } from 'kafkajs';
import type { AppendRecord } from '../append-record.ts';
import type { BusRecord, Consumer, ConsumerSpec, OutgoingRecord } from '../bus.ts';
import type { ReadRange, ReplayPosition, TopicSpec } from '../bus.ts';
import type { GroupDescription, TopicDescription } from '../operating.ts';
import { checkSizes, deadLetterHeadroomBytes, defaultMaxRecordBytes } from '../record-size.ts';
import { busClosed } from '../refusals.ts';
import { busErrorOf } from './broker-error.ts';
import { busRecordOf } from './bus-record-of.ts';
import { configureTopic, describeGroup, describeTopics } from './describe.ts';
import { cutBefore } from './cut-before.ts';
import type { BrokerBus, KafkaBusOptions, PublishPatience } from './kafka-bus-options.ts';
import { consumerRetry, createKafkaClient } from './kafka-client.ts';
import type { KafkaConsumer } from './kafka-consumer.ts';
import { KafkaTopics } from './kafka-topics.ts';
import { LazyAdmin } from './lazy-admin.ts';
import { Publisher } from './publisher.ts';
import { readSpans, spansOf } from './read-spans.ts';
import { repeated } from './repeated.ts';
import { seekGroup } from './seek-group.ts';
import { startConsumer } from './start-consumer.ts';
import { withinPatience } from './within-patience.ts';

const administration = { giveUpAfterMs: 60_000 };
const readSilenceMs = 30_000;
const defaultSessionTimeoutMs = 30_000;

class KafkaBus implements BrokerBus {
  readonly #options: KafkaBusOptions;
  readonly #closed = new AbortController();
  readonly #admin: LazyAdmin;
  readonly #topics: KafkaTopics;
  readonly #publisher: Publisher;
  readonly #consumers = new Set<KafkaConsumer>();
  #closing: Promise<void> | undefined;

  constructor(options: KafkaBusOptions) {
    this.#options = options;
    this.#admin = new LazyAdmin(createKafkaClient(options));
    this.#topics = new KafkaTopics(this.#admin.get, options);
    // One listener a publish that waits, and many may wait: more than Node takes for a leak.
    setMaxListeners(0, this.#closed.signal);
    this.#publisher = new Publisher(options, this.#closed.signal);
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.#administer('creating topics', () => this.#topics.ensure(topics));
  }

  async prepare(topics: readonly string[], patience: PublishPatience): Promise<void> {
    this.#checkOpen();
    await this.#publisher.prepare(topics, patience);
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.#checkOpen();
    await this.#publisher.publish(records);
  }

  async consume(spec: ConsumerSpec): Promise<Consumer> {
    const what = `joining group ${spec.groupId}`;
    await this.#administer(what, () => this.#topics.checkExist(spec.topics));
    try {
      const consumer = await startConsumer(this.#options, spec, {
        create: (retry) => this.#kafkajsConsumer(spec.groupId, retry),
        appendDeadLetters: (records) => this.#publisher.append(records),
      });
      this.#consumers.add(consumer);
      return consumer;
    } catch (error) {
      throw busErrorOf(error, what);
    }
  }

  async *read({ topic, ...range }: ReadRange): AsyncGenerator<BusRecord, void, undefined> {
    const what = `reading ${topic}`;
    const name = this.#topics.nameOf(topic);
    const spans = await this.#administer(what, async () => {
      await this.#topics.checkExist([topic]);
      return spansOf(await this.#admin.get(), name, range);
    });
    const consumer = this.#kafkajsConsumer(`read-${randomUUID()}`, consumerRetry);
    try {
      for await (const { partition, message } of readSpans({ consumer, silenceMs: readSilenceMs }, name, spans)) {
        yield busRecordOf(topic, partition, message);
      }
    } catch (error) {
      throw busErrorOf(error, what);
    }
  }

  async seek(groupId: string, topic: string, position: ReplayPosition): Promise<void> {
    const names = { groupId: this.#topics.nameOf(groupId), topic: this.#topics.nameOf(topic) };
    await this.#administer(`moving group ${groupId}`, async () => {
      await this.#topics.checkExist([topic]);
      await seekGroup(await this.#admin.get(), names, position);
    });
  }

  async describeTopics(names: readonly string[]): Promise<TopicDescription[]> {
    const wanted = names.map((name) => ({ name, topic: this.#topics.nameOf(name) }));
    return this.#administer('looking at topics', async () => describeTopics(await this.#admin.get(), wanted));
  }

  async offsetsAt(topic: string, time: number): Promise<{ partition: number; offset: bigint }[]> {
    return this.#administer(`looking at ${topic}`, async () => {
      await this.#topics.checkExist([topic]);
      const admin = await this.#admin.get();
      const entries = await admin.fetchTopicOffsetsByTimestamp(this.#topics.nameOf(topic), time);
      return entries.map(({ partition, offset }) => ({ partition, offset: BigInt(offset) }));
    });
  }

  async describeGroup(groupId: string, topic: string): Promise<GroupDescription> {
    const names = { groupId: this.#topics.nameOf(groupId), topic: this.#topics.nameOf(topic) };
    return this.#administer(`looking at group ${groupId}`, async () => {
      await this.#topics.checkExist([topic]);
      return { ...(await describeGroup(await this.#admin.get(), names)), groupId };
    });
  }

  wholeSpecs(topics: readonly TopicSpec[]): TopicSpec[] {
    return this.#topics.wholeSpecs(topics);
  }

  async configureTopic(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    await this.#administer(`configuring ${name}`, async () => {
      await this.#topics.checkExist([name]);
      await configureTopic(await this.#admin.get(), this.#topics.nameOf(name), config);
    });
  }

  async append(records: readonly AppendRecord[]): Promise<void> {
    this.#checkOpen();
    // Dead letters may be larger; the broker refuses what its topic does not take.
    checkSizes(records, (this.#options.maxRecordBytes ?? defaultMaxRecordBytes) + deadLetterHeadroomBytes);
    await this.#publisher.append(records);
  }

  async cutBefore(topic: string, partition: number, offset: bigint): Promise<void> {
    await this.#administer(`cutting ${topic}`, async () => {
      await this.#topics.checkExist([topic]);
      await cutBefore(await this.#admin.get(), this.#topics.nameOf(topic), { partition, offset });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // Consumers first: what they still decide may need a dead letter written.
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#closed.abort();
    await Promise.all([this.#publisher.disconnect(), this.#admin.disconnect()]);
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw busClosed();
  }

  /** Any of it may meet a broker that is about to know a new topic or a new leader, so it is repeated for a while. */
  async #administer<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    try {
      this.#checkOpen();
      return await withinPatience(administration, this.#closed.signal, (givenUp) => repeated(work, givenUp));
    } catch (error) {
      throw busErrorOf(error, what);
    }
  }

  #kafkajsConsumer(groupId: string, retry: RetryOptions): KafkajsConsumer {
    return createKafkaClient(this.#options, undefined, consumerRetry).consumer({
      groupId: this.#topics.nameOf(groupId),
      allowAutoTopicCreation: false,
      sessionTimeout: this.#options.sessionTimeoutMs ?? defaultSessionTimeoutMs,
      rebalanceTimeout: 60_000,
      heartbeatInterval: 2_500,
      // A partition that goes on after a pause waits for the running fetch to end, so that has to be short.
      maxWaitTimeInMs: 500,
      retry,
    });
  }
}

/** A bus on Kafka's brokers. Connects when it is first used, or prepared. */
export function createKafkaBus(options: KafkaBusOptions): BrokerBus {
  return new KafkaBus(options);
}
