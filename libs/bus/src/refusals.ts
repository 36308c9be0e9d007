import { BusError } from './bus-error.ts';

/** The errors that both drivers answer with, so that they say the same. */
export function unknownTopic(topic: string, cause?: unknown): BusError {
  return new BusError('unknown-topic', `there is no topic ${topic}`, cause);
}

export function busClosed(): BusError {
  return new BusError('bus-closed', 'the bus is closed');
}

export function groupActive(groupId: string): BusError {
  return new BusError('group-active', `group ${groupId} has members: stop them before its offsets are moved`);
}

export function partitionCountMismatch(topic: string, wanted: number, existing: number): BusError {
  return new BusError(
    'partition-count-mismatch',
    `topic ${topic} has ${existing} partitions, wanted are ${wanted}: records of one organisation would change partition`,
  );
}

export interface PartitionBounds {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that is still there. */
  readonly low: bigint;
  /** The offset after the last record. */
  readonly high: bigint;
}

export function unknownPartition(topic: string, partition: number): BusError {
  return new BusError('unknown-partition', `topic ${topic} has no partition ${partition}`);
}

/** A group may be moved to any record of the partition and to its end. */
export function checkOffset(offset: bigint, bounds: PartitionBounds): void {
  if (offset >= bounds.low && offset <= bounds.high) return;
  throw new BusError(
    'offset-out-of-range',
    `${bounds.topic}/${bounds.partition} holds offsets ${String(bounds.low)} to ${String(bounds.high)}, not ${String(offset)}`,
  );
}
