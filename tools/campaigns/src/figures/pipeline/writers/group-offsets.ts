import { topics } from '@learnamp/contracts';
import kafkajs from 'kafkajs';
import { waitFor } from '../../identity/leaks/wait-for.ts';

/** How far the writers say that they have come in `directory.users`, by what the broker keeps of it. */
export class GroupOffsets {
  readonly #admin: kafkajs.Admin;
  readonly #topic: string;
  readonly #groupId: string;

  private constructor(admin: kafkajs.Admin, topicPrefix: string) {
    this.#admin = admin;
    this.#topic = `${topicPrefix}${topics.directoryUsers.name}`;
    this.#groupId = `${topicPrefix}${topics.directoryUsers.consumerGroup}`;
  }

  static async open(brokers: string, topicPrefix: string): Promise<GroupOffsets> {
    const client = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
    const admin = client.admin();
    await admin.connect();
    return new GroupOffsets(admin, topicPrefix);
  }

  /** By partition, the offset below which everything counts as done. */
  async committed(): Promise<ReadonlyMap<number, bigint>> {
    const [found] = await this.#admin.fetchOffsets({ groupId: this.#groupId, topics: [this.#topic] });
    const partitions = found?.partitions ?? [];
    // -1 stands for none.
    return new Map(partitions.map(({ partition, offset }) => [partition, offset === '-1' ? 0n : BigInt(offset)]));
  }

  /** Waits until everything counts as done. */
  async untilConsumed(patienceMs: number): Promise<void> {
    await waitFor('everything is consumed', () => this.#isConsumed(), patienceMs);
  }

  async close(): Promise<void> {
    await this.#admin.disconnect();
  }

  async #isConsumed(): Promise<boolean> {
    const [ends, committed] = await Promise.all([this.#admin.fetchTopicOffsets(this.#topic), this.committed()]);
    return ends.every(({ partition, high }) => BigInt(high) === (committed.get(partition) ?? 0n));
  }
}
