import type { Outcome } from './outcome.ts';

/** A record as it lies in a topic. `timestamp` is in milliseconds since the epoch, set when it was published. */
export interface BusRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
  readonly timestamp: number;
}

/** A record to publish. Records with the same `partitionBy` land in one partition of a topic, in the order given. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly partitionBy: string;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** Kafka topic configuration, such as `cleanup.policy`. The embedded driver ignores it. */
  readonly config?: Readonly<Record<string, string>>;
  /** The same for the topic's dead letters, such as `retention.ms`; they are never compacted. */
  readonly deadLetterConfig?: Readonly<Record<string, string>>;
}

export interface HandlerContext {
  /** Aborted when the consumer stops or loses the partition: stop working, nothing more will be committed. */
  readonly signal: AbortSignal;
  /** Tells the broker that long work goes on; call it at least every three seconds. */
  readonly heartbeat: () => Promise<void>;
}

/**
 * Decides what becomes of each record: one outcome per record, in order. All records are of one partition.
 * Throwing means "could not decide": the partition pauses and the same records come again, later. A member of a
 * group handles one batch at a time, whatever its partition.
 */
export type BatchHandler = (records: readonly BusRecord[], context: HandlerContext) => Promise<readonly Outcome[]>;

export interface ConsumerSpec {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly handle: BatchHandler;
  /** Records handed over at once, at most. Default 500. */
  readonly maxBatch?: number;
}

export interface ConsumerHealth {
  readonly state: 'running' | 'rebalancing' | 'paused' | 'stopped' | 'dead';
  /** Last time the loop moved (poll, heartbeat or handled batch), in milliseconds since the epoch. */
  readonly lastProgressAt: number;
}

export interface Consumer {
  health(): ConsumerHealth;
  /** Finishes the running batch, commits what was decided and leaves the group. */
  stop(): Promise<void>;
}

/** Where a consumer group is moved to: an offset in one partition, or a time (ms since the epoch) in all of them. */
export type ReplayPosition =
  | { readonly kind: 'offset'; readonly partition: number; readonly offset: bigint }
  | { readonly kind: 'time'; readonly time: number };

export interface ReadRange {
  readonly topic: string;
  /** From this time (ms since the epoch) on; from the beginning when absent. */
  readonly fromTime?: number;
  /** These parts alone, as far as they are there; everything when absent. */
  readonly spans?: readonly Span[];
}

/** A part of one partition. */
export interface Span {
  readonly partition: number;
  readonly from: bigint;
  /** The offset after the last record. */
  readonly to: bigint;
}

/** What reads and changes nothing. */
export interface BusReader {
  /** Every record that is in the topic now, partition by partition, each in order of offset; ends at the end. */
  read(range: ReadRange): AsyncIterable<BusRecord>;
  close(): Promise<void>;
}

/** The one port through which services exchange bytes. Every driver passes the same contract suite. */
export interface Bus extends BusReader {
  /** Creates what is missing; never changes or deletes. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>;
  /**
   * Resolves when every record is durable; rejects with a BusError otherwise, and then any of them may or may not be
   * in the log. Records are sent one partition a request, in order.
   */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  consume(spec: ConsumerSpec): Promise<Consumer>;
  /** Moves a consumer group of one topic. Refuses (BusError `group-active`) while the group has members. */
  seek(groupId: string, topic: string, position: ReplayPosition): Promise<void>;
}
