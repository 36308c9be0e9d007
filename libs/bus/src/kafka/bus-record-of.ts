import { Buffer } from 'node:buffer';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { BusRecord } from '../bus.ts';

/** A header that another client wrote more than once counts with its last value, as in Kafka's `lastHeader`. */
function lastValue(value: IHeaders[string]): Buffer {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return Buffer.from(last ?? '');
}

/** A fetched message in the words of the port. */
export function busRecordOf(topic: string, partition: number, message: KafkaMessage): BusRecord {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, lastValue(value)] as const);
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key,
    value: message.value,
    headers: Object.fromEntries(headers),
    timestamp: Number(message.timestamp),
  };
}
