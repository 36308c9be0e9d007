import type { Admin } from 'kafkajs';
import { checkOffset, unknownPartition } from '../refusals.ts';

/** Moves the beginning of a partition up (Kafka's DeleteRecords). What has gone already is no error. */
export async function cutBefore(
  admin: Admin,
  topic: string,
  { partition, offset }: { readonly partition: number; readonly offset: bigint },
): Promise<void> {
  const bounds = (await admin.fetchTopicOffsets(topic)).find((entry) => entry.partition === partition);
  if (bounds === undefined) throw unknownPartition(topic, partition);
  const [low, high] = [BigInt(bounds.low), BigInt(bounds.high)];
  if (offset <= low) return;
  checkOffset(offset, { topic, partition, low, high });
  await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
}
