import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BusError } from '../bus-error.ts';
import type { BusRecord, ReadRange, TopicSpec } from '../bus.ts';
import { withDeadLetterTopics } from '../delivery/dead-letter.ts';
import type { GroupDescription, OperatorReader, TopicDescription } from '../operating.ts';
import { unknownTopic } from '../refusals.ts';
import { describeStored, describeStoredGroup, storedOffsetsAt } from './describe.ts';
import { isLocked } from './directory-lock.ts';
import { type LogStore, openLogStore } from './log-store.ts';
import { readTopic } from './read-topic.ts';

class EmbeddedReader implements OperatorReader {
  readonly #directory: string;
  readonly #store: LogStore;

  constructor(directory: string) {
    this.#directory = directory;
    this.#store = openLogStore(directory, { readOnly: true });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, as the port says; this driver has it all at hand
  async *read(range: ReadRange): AsyncGenerator<BusRecord, void, undefined> {
    yield* readTopic(this.#store, range, this.#partitionCount(range.topic));
  }

  describeTopics(names: readonly string[]): Promise<TopicDescription[]> {
    return Promise.resolve(describeStored(this.#store, names));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async offsetsAt(topic: string, time: number): Promise<{ partition: number; offset: bigint }[]> {
    return storedOffsetsAt(this.#store, topic, this.#partitionCount(topic), time);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- async, so that a refusal is a rejection and not a throw
  async describeGroup(groupId: string, topic: string): Promise<GroupDescription> {
    const partitions = this.#partitionCount(topic);
    // Who has the log open may have members of any group; nobody else can.
    return describeStoredGroup(this.#store, { groupId, topic, partitions }, isLocked(this.#directory) ? 1 : 0);
  }

  wholeSpecs(topics: readonly TopicSpec[]): TopicSpec[] {
    return withDeadLetterTopics(topics);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #partitionCount(topic: string): number {
    const count = this.#store.topics().get(topic);
    if (count === undefined) throw unknownTopic(topic);
    return count;
  }
}

/** Opens the bus that lives in a directory to read, beside the process that has it. Throws BusError `no-bus`. */
export function createEmbeddedReader(directory: string): OperatorReader {
  checkEmbeddedBus(directory);
  return new EmbeddedReader(directory);
}

/** Throws BusError `no-bus` where no bus lives in the directory: opening it there would make one. */
export function checkEmbeddedBus(directory: string): void {
  if (existsSync(join(directory, 'data.mdb'))) return;
  throw new BusError('no-bus', `there is no embedded bus in ${directory}`);
}
