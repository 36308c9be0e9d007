import type { Consumer } from 'kafkajs';

/** Where a consumer that reads partition by partition is, so that it can be sent there again. */
export class ReadingPlace {
  readonly topic: string;
  readonly #consumer: Consumer;
  #at: { readonly partition: number; readonly offset: bigint } | undefined;
  #joined = false;

  constructor(consumer: Consumer, topic: string) {
    this.#consumer = consumer;
    this.topic = topic;
  }

  moveTo(partition: number, offset: bigint): void {
    this.#at = { partition, offset };
    if (this.#joined) this.#apply();
  }

  /** The consumer has read up to this offset of the partition it is in. */
  passed(offset: bigint): void {
    if (this.#at !== undefined) this.#at = { partition: this.#at.partition, offset };
  }

  /** Called whenever the consumer has joined, for the first time or again. */
  take(): void {
    this.#joined = true;
    this.#apply();
  }

  #apply(): void {
    const { topic } = this;
    this.#consumer.pause([{ topic }]);
    if (this.#at === undefined) return;
    const { partition, offset } = this.#at;
    this.#consumer.seek({ topic, partition, offset: String(offset) });
    this.#consumer.resume([{ topic, partitions: [partition] }]);
  }
}
