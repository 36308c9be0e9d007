import type { AppendRecord } from './append-record.ts';
import type { Bus, BusReader, TopicSpec } from './bus.ts';

/** One partition as it is now. */
export interface PartitionDescription {
  readonly partition: number;
  /** The first offset that is still there. */
  readonly low: bigint;
  /** The offset after the last record. */
  readonly high: bigint;
}

/** A topic as it is now. */
export interface TopicDescription {
  readonly name: string;
  readonly partitions: readonly PartitionDescription[];
  /** Copies of each partition, the fewest of any; null where there are none, as with the embedded driver. */
  readonly replicas: number | null;
  /** What is configured for this topic, as opposed to the brokers' own values. */
  readonly config: Readonly<Record<string, string>>;
}

/** Where a consumer group is in one topic. */
export interface GroupDescription {
  readonly groupId: string;
  readonly members: number;
  /** By partition, the offset of the next record; null where the group has decided nothing yet, and begins at the beginning. */
  readonly positions: readonly { readonly partition: number; readonly next: bigint | null }[];
}

/** What an operator may look at. */
export interface OperatorReader extends BusReader {
  /** Those of these topics that there are, in the order given. */
  describeTopics(names: readonly string[]): Promise<TopicDescription[]>;
  /** In each partition the first record that is not older than the time (ms since the epoch); the end where there is none. */
  offsetsAt(topic: string, time: number): Promise<{ readonly partition: number; readonly offset: bigint }[]>;
  describeGroup(groupId: string, topic: string): Promise<GroupDescription>;
  /** How a topic of this specification is to be, limits of records included; with the topics of dead letters. */
  wholeSpecs(topics: readonly TopicSpec[]): TopicSpec[];
}

/** What operators alone ask of a bus. Services use `Bus`. */
export interface OperatorBus extends Bus, OperatorReader {
  /** Sets these entries of a topic's configuration and leaves the others as they are. */
  configureTopic(name: string, config: Readonly<Record<string, string>>): Promise<void>;
  /** Writes records into the partitions that they name; as durable as `publish`. */
  append(records: readonly AppendRecord[]): Promise<void>;
  /** Forgets for good every record of a partition before this offset; readers and groups that were there go on after it. */
  cutBefore(topic: string, partition: number, offset: bigint): Promise<void>;
}
