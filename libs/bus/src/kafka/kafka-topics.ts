import { setTimeout as timeout } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { BusError } from '../bus-error.ts';
import type { TopicSpec } from '../bus.ts';
import { isDeadLetterTopic, withDeadLetterTopics } from '../delivery/dead-letter.ts';
import { deadLetterHeadroomBytes, defaultMaxRecordBytes } from '../record-size.ts';
import { partitionCountMismatch, unknownTopic } from '../refusals.ts';
import { brokerErrorType } from './broker-error.ts';
import type { KafkaBusOptions } from './kafka-bus-options.ts';

const VISIBLE_WITHIN_MS = 15_000;
const ASK_AGAIN_MS = 100;

/** Which topics there are and how many partitions they have. Takes names without the prefix. */
export class KafkaTopics {
  readonly #admin: () => Promise<Admin>;
  readonly #options: KafkaBusOptions;
  readonly #counts = new Map<string, number>();

  constructor(admin: () => Promise<Admin>, options: KafkaBusOptions) {
    this.#admin = admin;
    this.#options = options;
  }

  /** The topic's name on the broker. */
  nameOf(topic: string): string {
    return `${this.#options.topicPrefix ?? ''}${topic}`;
  }

  /** Asked once a topic: the number never changes, or records of one organisation would change partition. */
  async partitionCount(topic: string): Promise<number> {
    const known = this.#counts.get(topic);
    if (known !== undefined) return known;
    const count = await this.#fetchCount(topic);
    this.#counts.set(topic, count);
    return count;
  }

  /** Throws `unknown-topic` for the first that nobody created. */
  async checkExist(topics: readonly string[]): Promise<void> {
    for (const topic of topics) await this.partitionCount(topic);
  }

  async ensure(topics: readonly TopicSpec[]): Promise<void> {
    const admin = await this.#admin();
    const existing = new Set(await admin.listTopics());
    const wanted = this.wholeSpecs(topics);
    const missing = wanted.filter(({ name }) => !existing.has(this.nameOf(name)));
    if (missing.length > 0) {
      await admin.createTopics({ topics: missing.map((topic) => this.#configOf(topic)), waitForLeaders: true });
    }
    for (const { name, partitions } of wanted) {
      const count = await this.#countOnceVisible(name);
      if (count !== partitions) throw partitionCountMismatch(name, partitions, count);
    }
  }

  // Where several processes create topics at once, one is told "exists already" before the metadata shows the topic.
  async #countOnceVisible(topic: string): Promise<number> {
    const deadline = Date.now() + VISIBLE_WITHIN_MS;
    for (;;) {
      try {
        return await this.partitionCount(topic);
      } catch (error) {
        const pending = error instanceof BusError && error.code === 'unknown-topic';
        if (!pending || Date.now() > deadline) throw error;
        await timeout(ASK_AGAIN_MS);
      }
    }
  }

  async #fetchCount(topic: string): Promise<number> {
    try {
      const admin = await this.#admin();
      const { topics } = await admin.fetchTopicMetadata({ topics: [this.nameOf(topic)] });
      return topics[0]?.partitions.length ?? 0;
    } catch (error) {
      if (brokerErrorType(error) === 'UNKNOWN_TOPIC_OR_PARTITION') throw unknownTopic(topic, error);
      throw error;
    }
  }

  /** All of these and the topics of their dead letters, with all that is configured for them. */
  wholeSpecs(topics: readonly TopicSpec[]): TopicSpec[] {
    const limit = this.#options.maxRecordBytes ?? defaultMaxRecordBytes;
    return withDeadLetterTopics(topics).map((topic) => {
      const maxBytes = isDeadLetterTopic(topic.name) ? limit + deadLetterHeadroomBytes : limit;
      const config = { 'max.message.bytes': String(maxBytes), ...this.#copies(), ...topic.config };
      return { ...topic, config };
    });
  }

  /** One broker may be away, and no more: what is acknowledged is on two at least. */
  #copies(): Readonly<Record<string, string>> {
    const { replicationFactor = 1 } = this.#options;
    return replicationFactor < 3 ? {} : { 'min.insync.replicas': String(replicationFactor - 1) };
  }

  #configOf(topic: TopicSpec): Parameters<Admin['createTopics']>[0]['topics'][number] {
    return {
      topic: this.nameOf(topic.name),
      numPartitions: topic.partitions,
      replicationFactor: this.#options.replicationFactor ?? 1,
      configEntries: Object.entries(topic.config ?? {}).map(([name, value]) => ({ name, value })),
    };
  }
}
