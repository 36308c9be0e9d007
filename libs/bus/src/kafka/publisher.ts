import { type AppendRecord, contentOf } from '../append-record.ts';
import type { OutgoingRecord } from '../bus.ts';
import { partitionOf } from '../partition-of.ts';
import { checkSizes } from '../record-size.ts';
import { publishedInSpan } from '../tracing/published-in-span.ts';
import { busErrorOf } from './broker-error.ts';
import type { KafkaBusOptions, PublishPatience } from './kafka-bus-options.ts';
import { createKafkaClient, publishLimits } from './kafka-client.ts';
import { KafkaProducer } from './kafka-producer.ts';
import { KafkaTopics } from './kafka-topics.ts';
import { LazyAdmin } from './lazy-admin.ts';
import { repeated } from './repeated.ts';
import { withinPatience } from './within-patience.ts';

/** Places records and has them written, for as long as the role's patience lasts. */
export class Publisher {
  readonly #options: KafkaBusOptions;
  readonly #admin: LazyAdmin;
  readonly #topics: KafkaTopics;
  readonly #producer: KafkaProducer;
  readonly #closed: AbortSignal;

  constructor(options: KafkaBusOptions, closed: AbortSignal) {
    this.#options = options;
    this.#admin = new LazyAdmin(createKafkaClient(options, publishLimits(options.publish)));
    this.#topics = new KafkaTopics(this.#admin.get, options);
    this.#producer = new KafkaProducer(options, closed);
    this.#closed = closed;
  }

  /** Connects, and looks the topics up. */
  async prepare(topics: readonly string[], patience: PublishPatience): Promise<void> {
    await withinPatience(patience, this.#closed, async (givenUp) => {
      for (const topic of topics) await this.#countOf(topic, givenUp);
      await repeated(() => this.#producer.prepare(topics), givenUp);
    });
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    await publishedInSpan(records, this.#options.maxRecordBytes, (traced) => this.#publish(traced));
  }

  async #publish(records: readonly OutgoingRecord[]): Promise<void> {
    checkSizes(records.map(contentOf), this.#options.maxRecordBytes);
    await withinPatience(this.#options.publish, this.#closed, async (givenUp) => {
      await this.#producer.append(await this.#placed(records, givenUp), givenUp);
    });
  }

  /** Writes records that know their partition, such as dead letters. */
  async append(records: readonly AppendRecord[]): Promise<void> {
    await withinPatience(this.#options.publish, this.#closed, async (givenUp) => {
      for (const topic of new Set(records.map((record) => record.topic))) await this.#countOf(topic, givenUp);
      await this.#producer.append(records, givenUp);
    });
  }

  async disconnect(): Promise<void> {
    await Promise.all([this.#producer.disconnect(), this.#admin.disconnect()]);
  }

  async #placed(records: readonly OutgoingRecord[], givenUp: AbortSignal): Promise<AppendRecord[]> {
    const counts = new Map<string, number>();
    for (const topic of new Set(records.map((record) => record.topic))) {
      counts.set(topic, await this.#countOf(topic, givenUp));
    }
    return records.map((record) => {
      const partition = partitionOf(record.partitionBy, counts.get(record.topic) ?? 1);
      return { ...contentOf(record), partition };
    });
  }

  async #countOf(topic: string, givenUp: AbortSignal): Promise<number> {
    try {
      return await repeated(() => this.#topics.partitionCount(topic), givenUp);
    } catch (error) {
      throw busErrorOf(error, `looking up ${topic}`);
    }
  }
}
