import { Buffer } from 'node:buffer';
import type { AppendRecord } from './append-record.ts';
import { BusError } from './bus-error.ts';

/** Kafka's default `max.message.bytes`: 1 MiB and the 12 bytes of a log entry's frame. */
export const defaultMaxRecordBytes = 1_048_588;

/** Dead letters carry headers of ours beside the original record, so their limit is higher by this much. */
export const deadLetterHeadroomBytes = 65_536;

/** Fixed part of a Kafka record batch (KIP-98, record batch format v2). */
const batchOverheadBytes = 61;

/** Length, attributes, timestamp delta, offset delta, key length, value length and header count, at their longest. */
const recordOverheadBytes = 5 + 1 + 10 + 5 + 5 + 5 + 5;
const headerOverheadBytes = 5 + 5;

/** How many bytes the record takes in a batch, at most. */
export function encodedBytes(record: AppendRecord): number {
  const headers = Object.entries(record.headers).map(
    ([name, value]) => headerOverheadBytes + Buffer.byteLength(name) + value.length,
  );
  const payload = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  return headers.reduce((sum, bytes) => sum + bytes, recordOverheadBytes + payload);
}

/** Refuses a record that a broker with this limit would refuse, together with every good record of its batch. */
export function checkRecordSize(record: AppendRecord, maxRecordBytes: number): void {
  const bytes = batchOverheadBytes + encodedBytes(record);
  if (bytes <= maxRecordBytes) return;
  const key = record.key === null ? 'no key' : `key ${record.key.toString()}`;
  throw new BusError(
    'message-too-large',
    `a record for ${record.topic} (${key}) takes ${bytes} bytes, the limit is ${maxRecordBytes}`,
  );
}

/** Splits records, in order, into runs that each fit into one batch of the given size. */
export function batchesOf<Item>(
  items: readonly Item[],
  bytesOf: (item: Item) => number,
  maxBatchBytes: number,
): Item[][] {
  const batches: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const bytes = bytesOf(item);
    const current = batches.at(-1);
    if (current !== undefined && bytes <= room) current.push(item);
    else batches.push([item]);
    room = (current !== undefined && bytes <= room ? room : maxBatchBytes - batchOverheadBytes) - bytes;
  }
  return batches;
}
