import { Buffer } from 'node:buffer';
import type { OutgoingRecord } from './bus.ts';

/** What a record says, its headers as bytes. */
export interface RecordContent {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/** A record on its way into one partition: what both drivers write. */
export interface AppendRecord extends RecordContent {
  readonly partition: number;
}

/** What an outgoing record says. */
export function contentOf(record: OutgoingRecord): RecordContent {
  const headers = Object.entries(record.headers ?? {});
  return {
    topic: record.topic,
    key: Buffer.from(record.key),
    value: record.value,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(value)])),
  };
}
