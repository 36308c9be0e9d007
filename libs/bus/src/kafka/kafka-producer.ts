import { setTimeout as timeout } from 'node:timers/promises';
import type { Message, Producer } from 'kafkajs';
import type { AppendRecord } from '../append-record.ts';
import { backOffDelay } from '../delivery/back-off.ts';
import { describeError } from '../delivery/describe-error.ts';
import { batchesOf, batchRoom, defaultMaxRecordBytes } from '../record-size.ts';
import { busClosed } from '../refusals.ts';
import { refusalOf } from './broker-error.ts';
import { checkAnswer } from './check-answer.ts';
import type { KafkaBusOptions } from './kafka-bus-options.ts';
import { createKafkaClient, publishLimits } from './kafka-client.ts';
import { PartitionLane } from './partition-lane.ts';

const retryBackOff = { initialMs: 100, maxMs: 1_000 };

function messageOf(record: AppendRecord): Message {
  return { key: record.key, value: record.value, headers: { ...record.headers }, partition: record.partition };
}

function byPartition(records: readonly AppendRecord[]): AppendRecord[][] {
  const groups = new Map<string, AppendRecord[]>();
  for (const record of records) {
    const place = `${record.topic}/${record.partition}`;
    groups.set(place, [...(groups.get(place) ?? []), record]);
  }
  return [...groups.values()];
}

/** Writes records, each partition by itself, and repeats until the broker has acknowledged or refused. */
export class KafkaProducer {
  readonly #options: KafkaBusOptions;
  readonly #producer: Producer;
  readonly #lanes = new Map<string, PartitionLane>();
  readonly #closed: AbortSignal;
  #connected = false;

  constructor(options: KafkaBusOptions, closed: AbortSignal) {
    this.#options = options;
    this.#closed = closed;
    this.#producer = createKafkaClient(options, publishLimits(options.publish)).producer({
      allowAutoTopicCreation: false,
      // Not idempotent: after a lost answer kafkajs gives new records an old sequence number, the broker takes them for
      // repeats and acknowledges without writing them (tulios/kafkajs#1005).
      idempotent: false,
      createPartitioner:
        () =>
        ({ message }) =>
          Number(message.partition),
      // One attempt a send: how often to repeat is this class's decision.
      retry: { retries: 0 },
    });
  }

  /** Resolves when all records are in the log. `givenUp` says that nobody waits any longer. */
  async append(records: readonly AppendRecord[], givenUp: AbortSignal): Promise<void> {
    const limit = this.#options.maxRecordBytes ?? defaultMaxRecordBytes;
    const abandoned = (): boolean => givenUp.aborted;
    const entries = byPartition(records).flatMap((group) => batchesOf(group, limit));
    await Promise.all(entries.map((batch) => this.#laneOf(batch).append({ records: batch, abandoned })));
  }

  /** Connects and finds out who leads the topics, as the first send to them would. */
  async prepare(topics: readonly string[]): Promise<void> {
    await this.#connect();
    for (const topic of topics) await this.#producer.send({ topic: this.#nameOf(topic), acks: -1, messages: [] });
  }

  async disconnect(): Promise<void> {
    await this.#producer.disconnect();
  }

  #laneOf([first]: readonly AppendRecord[]): PartitionLane {
    const { topic = '', partition = 0 } = first ?? {};
    const place = `${topic}/${partition}`;
    const known = this.#lanes.get(place);
    if (known !== undefined) return known;
    const lane = new PartitionLane({
      send: (records) => this.#send(topic, partition, records),
      beforeRetry: (attempt, error) => this.#beforeRetry(place, attempt, error),
      refusalOf: (error) => refusalOf(error, place),
      batchRoom: batchRoom(this.#options.maxRecordBytes ?? defaultMaxRecordBytes),
    });
    this.#lanes.set(place, lane);
    return lane;
  }

  async #send(topic: string, partition: number, records: readonly AppendRecord[]): Promise<void> {
    if (this.#closed.aborted) throw busClosed();
    await this.#connect();
    const prefixed = this.#nameOf(topic);
    const messages = records.map(messageOf);
    checkAnswer(await this.#producer.send({ topic: prefixed, acks: -1, messages }), prefixed, partition);
  }

  async #connect(): Promise<void> {
    if (!this.#connected) await this.#producer.connect();
    this.#connected = true;
  }

  #nameOf(topic: string): string {
    return `${this.#options.topicPrefix ?? ''}${topic}`;
  }

  async #beforeRetry(place: string, attempt: number, error: unknown): Promise<void> {
    this.#options.logger.warn({ place, attempt, error: describeError(error) }, 'publish repeated');
    const pause = backOffDelay(retryBackOff, attempt);
    await timeout(pause, undefined, { signal: this.#closed }).catch(() => {
      throw busClosed();
    });
  }
}
