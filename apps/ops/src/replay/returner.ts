import { randomUUID } from 'node:crypto';
import type { AppendRecord, BusRecord, OperatorBus } from '@learnamp/bus';
import { endOf, isCompacted } from '../topics/known-topics.ts';

/** A record that is to come again: its bytes, and where it lay in the topic. */
export type Returned = Pick<BusRecord, 'key' | 'value' | 'headers' | 'offset'>;

/** What it needs of a bus. */
export type ReturnerBus = Pick<OperatorBus, 'append' | 'read' | 'describeTopics'>;

const MARK = 'x-replay';

/**
 * Puts records of one partition at its end again, with their bytes as they are. Compaction keeps the last record of a key,
 * so of a compacted topic nothing is put behind something newer of its key: an older state would outlive it. What
 * another publishes meanwhile and is overtaken by ours is put at the end as well.
 */
export class Returner {
  readonly #bus: ReturnerBus;
  readonly #topic: string;
  readonly #partition: number;
  /** By key, the last record before the end that is known. Nothing is kept of a topic that is not compacted. */
  readonly #last = new Map<string, bigint>();
  readonly #mark = Buffer.from(randomUUID());
  #end = 0n;

  private constructor(bus: ReturnerBus, topic: string, partition: number) {
    this.#bus = bus;
    this.#topic = topic;
    this.#partition = partition;
  }

  /** `from`: the first place that anything is put again from. */
  static async open(bus: ReturnerBus, topic: string, partition: number, from: bigint): Promise<Returner> {
    const returner = new Returner(bus, topic, partition);
    returner.#end = from;
    if (isCompacted(topic)) await returner.#overtaken(0);
    return returner;
  }

  /** Answers with those that were left alone, because their key has something newer. */
  async put(records: readonly Returned[]): Promise<Returned[]> {
    if (!isCompacted(this.#topic)) {
      await this.#append(records);
      return [];
    }
    const superseded = records.filter((record) => this.#hasNewer(record));
    let wanted: readonly Returned[] = records.filter((record) => !superseded.includes(record));
    while (wanted.length > 0) {
      await this.#append(wanted);
      wanted = await this.#overtaken(wanted.length);
    }
    return superseded;
  }

  #hasNewer({ key, offset }: Returned): boolean {
    return (this.#last.get(textOf(key)) ?? -1n) > offset;
  }

  async #append(records: readonly Returned[]): Promise<void> {
    const place = { topic: this.#topic, partition: this.#partition };
    const marked = records.map(({ key, value, headers }): AppendRecord => ({
      ...{ ...place, key, value },
      headers: { ...headers, [MARK]: this.#mark },
    }));
    await this.#bus.append(marked);
  }

  /** Reads what came since, `ours` records of it ours; answers with what of others lies before ours of the same key. */
  async #overtaken(ours: number): Promise<Returned[]> {
    const [from, end] = [this.#end, await endOf(this.#bus, this.#topic, this.#partition)];
    this.#end = end;
    if (ours > 0 && end - from === BigInt(ours)) return [];
    const newest = new Map<string, Returned>();
    const returned = new Map<string, bigint>();
    const spans = [{ partition: this.#partition, from, to: end }];
    for await (const { key, value, headers, offset } of this.#bus.read({ topic: this.#topic, spans })) {
      if (headers[MARK]?.equals(this.#mark)) {
        returned.set(textOf(key), offset);
        continue;
      }
      this.#last.set(textOf(key), offset);
      if (ours > 0) newest.set(textOf(key), { key, value, headers, offset });
    }
    return [...newest].filter(([key, { offset }]) => (returned.get(key) ?? -1n) > offset).map(([, record]) => record);
  }
}

const textOf = (key: Buffer | null) => key?.toString('base64') ?? '';
