import { Buffer } from 'node:buffer';
import { type Database, open } from 'lmdb';
import type { AppendRecord } from '../append-record.ts';
import type { BusRecord } from '../bus.ts';

type LogKey = [topic: string, partition: number, offset: number];
type StoredHeaders = [name: string, value: Buffer][];
type StoredRecord = [key: Buffer | null, value: Buffer | null, headers: StoredHeaders, timestamp: number];
type PartitionKey = [topic: string, partition: number];
type OffsetKey = [groupId: string, topic: string, partition: number];

/** Records, topics and offsets of consumer groups on disk. What a promise of this store resolved survives a crash. */
export interface LogStore {
  /** Name and number of partitions of every topic. */
  topics(): ReadonlyMap<string, number>;
  createTopic(name: string, partitions: number): Promise<void>;
  /** Appends in order, all or nothing. */
  append(records: readonly AppendRecord[], timestamp: number): Promise<void>;
  page(topic: string, partition: number, from: number, limit: number): BusRecord[];
  /** The first offset that is still there. */
  startOf(topic: string, partition: number): number;
  /** The offset after the last record. */
  endOf(topic: string, partition: number): number;
  /** Removes every record before the offset, which is the end at the most. */
  cutBefore(topic: string, partition: number, offset: number): Promise<void>;
  /** The offset of the group's next record; undefined where it has decided nothing yet. */
  committed(groupId: string, topic: string, partition: number): number | undefined;
  commit(groupId: string, topic: string, partition: number, offset: number): Promise<void>;
  close(): Promise<void>;
}

function storedRecordOf(record: AppendRecord, timestamp: number): StoredRecord {
  return [record.key, record.value, Object.entries(record.headers), timestamp];
}

function busRecordOf([topic, partition, offset]: LogKey, stored: StoredRecord): BusRecord {
  const [key, value, headers, timestamp] = stored;
  return { topic, partition, offset: BigInt(offset), key, value, headers: Object.fromEntries(headers), timestamp };
}

/** Where nothing is left the partition goes on where it was cut. */
function endOf(log: Database<StoredRecord, LogKey>, topic: string, partition: number, cutAt: number): number {
  const start: LogKey = [topic, partition, Number.MAX_SAFE_INTEGER];
  const [last] = log.getKeys({ start, end: [topic, partition, -1], reverse: true, limit: 1 });
  return last === undefined ? cutAt : last[2] + 1;
}

/**
 * Opens or creates the store of a directory. The caller sees to it that no other process has it open, except to read only:
 * that may be done beside whoever writes.
 */
export function openLogStore(directory: string, { readOnly = false } = {}): LogStore {
  // Without overlapping sync a commit is a flush: a resolved write is on disk, with nothing else to wait for.
  const root = open({ path: directory, noSubdir: false, overlappingSync: false, readOnly });
  const topicStore = root.openDB<number, string>({ name: 'topics' });
  const log = root.openDB<StoredRecord, LogKey>({ name: 'log' });
  const offsets = root.openDB<number, OffsetKey>({ name: 'offsets' });
  const cuts = root.openDB<number, PartitionKey>({ name: 'cuts' });
  const topics = new Map(topicStore.getRange().map(({ key, value }): [string, number] => [key, value]));
  const next = new Map<string, number>();

  const startOf = (topic: string, partition: number) => cuts.get([topic, partition]) ?? 0;

  function takeOffset(topic: string, partition: number): number {
    const place = `${topic}/${partition}`;
    const offset = next.get(place) ?? endOf(log, topic, partition, startOf(topic, partition));
    next.set(place, offset + 1);
    return offset;
  }

  return {
    topics: () => topics,
    async createTopic(name, partitions) {
      await topicStore.put(name, partitions);
      topics.set(name, partitions);
    },
    async append(records, timestamp) {
      await log.batch(() => {
        for (const record of records) {
          const offset = takeOffset(record.topic, record.partition);
          void log.put([record.topic, record.partition, offset], storedRecordOf(record, timestamp));
        }
      });
    },
    page(topic, partition, from, limit) {
      // A read transaction may still show the state before the commit that woke the reader.
      root.resetReadTxn();
      const end: LogKey = [topic, partition, Number.MAX_SAFE_INTEGER];
      return [...log.getRange({ start: [topic, partition, from], end, limit })].map(({ key, value }) =>
        busRecordOf(key, value),
      );
    },
    startOf: (topic, partition) => {
      root.resetReadTxn();
      return startOf(topic, partition);
    },
    endOf: (topic, partition) => {
      root.resetReadTxn();
      return endOf(log, topic, partition, startOf(topic, partition));
    },
    async cutBefore(topic, partition, offset) {
      const gone = [...log.getKeys({ start: [topic, partition, 0], end: [topic, partition, offset] })];
      await root.transaction(() => {
        for (const key of gone) void log.remove(key);
        void cuts.put([topic, partition], offset);
      });
    },
    committed: (groupId, topic, partition) => offsets.get([groupId, topic, partition]),
    async commit(groupId, topic, partition, offset) {
      await offsets.put([groupId, topic, partition], offset);
    },
    async close() {
      if (!readOnly) await root.flushed;
      await root.close();
    },
  };
}
