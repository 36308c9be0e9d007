import { Buffer } from 'node:buffer';
import type { AppendRecord, RecordContent } from './append-record.ts';
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
export function encodedBytes(record: RecordContent): number {
  const headers = Object.entries(record.headers).map(
    ([name, value]) => headerOverheadBytes + Buffer.byteLength(name) + value.length,
  );
  const payload = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  return headers.reduce((sum, bytes) => sum + bytes, recordOverheadBytes + payload);
}

/** Whether a broker with this limit takes the record. */
export const fits = (record: RecordContent, maxRecordBytes = defaultMaxRecordBytes): boolean =>
  batchOverheadBytes + encodedBytes(record) <= maxRecordBytes;

function checkSize(record: RecordContent, maxRecordBytes: number): void {
  if (fits(record, maxRecordBytes)) return;
  const bytes = batchOverheadBytes + encodedBytes(record);
  const key = record.key === null ? 'no key' : `key ${record.key.toString()}`;
  throw new BusError(
    'message-too-large',
    `a record for ${record.topic} (${key}) takes ${bytes} bytes, the limit is ${maxRecordBytes}`,
  );
}

/** Refuses what a broker with this limit would refuse, together with every good record of the same batch. */
export function checkSizes(records: readonly RecordContent[], maxRecordBytes = defaultMaxRecordBytes): void {
  for (const record of records) checkSize(record, maxRecordBytes);
}

/** How many bytes of encoded records fit into one batch of a topic with this limit. */
export function batchRoom(maxRecordBytes: number): number {
  return maxRecordBytes - batchOverheadBytes;
}

/** Splits records, in order, into runs that each fit into one batch. A record beyond the limit stays alone. */
export function batchesOf(records: readonly AppendRecord[], maxRecordBytes: number): AppendRecord[][] {
  const batches: AppendRecord[][] = [];
  let room = 0;
  for (const record of records) {
    room -= encodedBytes(record);
    const current = batches.at(-1);
    if (current !== undefined && room >= 0) {
      current.push(record);
      continue;
    }
    batches.push([record]);
    room = batchRoom(maxRecordBytes) - encodedBytes(record);
  }
  return batches;
}
