import type { Admin, SeekEntry } from 'kafkajs';
import type { ReplayPosition } from '../bus.ts';
import { checkOffset, groupActive, unknownPartition } from '../refusals.ts';

/** A group and a topic by their names on the broker. */
export interface GroupTopic {
  readonly groupId: string;
  readonly topic: string;
}

/** Moves the group. Refuses while it has members: their next commit would undo the move. */
export async function seekGroup(admin: Admin, group: GroupTopic, position: ReplayPosition): Promise<void> {
  const { groupId, topic } = group;
  const { groups } = await admin.describeGroups([groupId]);
  if (groups.some(({ members }) => members.length > 0)) throw groupActive(groupId);
  await admin.setOffsets({ groupId, topic, partitions: await positionsOf(admin, topic, position) });
}

async function positionsOf(admin: Admin, topic: string, position: ReplayPosition): Promise<SeekEntry[]> {
  if (position.kind === 'time') return admin.fetchTopicOffsetsByTimestamp(topic, position.time);
  const { partition, offset } = position;
  const bounds = (await admin.fetchTopicOffsets(topic)).find((entry) => entry.partition === partition);
  if (bounds === undefined) throw unknownPartition(topic, partition);
  checkOffset(offset, { topic, partition, low: BigInt(bounds.low), high: BigInt(bounds.high) });
  return [{ partition, offset: String(offset) }];
}
