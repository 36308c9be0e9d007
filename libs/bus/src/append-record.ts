import { Buffer } from 'node:buffer';
import type { OutgoingRecord } from './bus.ts';
import { partitionOf } from './partition-of.ts';

/** A record on its way into one partition, its headers as bytes: what both drivers write. */
export interface AppendRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/** Gives an outgoing record its partition and its headers' bytes. */
export function appendRecordOf(record: OutgoingRecord, partitionCount: number): AppendRecord {
  const headers = Object.entries(record.headers ?? {});
  return {
    topic: record.topic,
    partition: partitionOf(record.partitionBy, partitionCount),
    key: Buffer.from(record.key),
    value: record.value,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(value)])),
  };
}
