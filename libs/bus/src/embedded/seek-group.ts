import type { ReplayPosition } from '../bus.ts';
import { checkOffset, unknownPartition } from '../refusals.ts';
import type { LogStore } from './log-store.ts';
import { offsetAt } from './read-topic.ts';

export interface GroupTopic {
  readonly groupId: string;
  readonly topic: string;
  readonly partitions: number;
}

/** Moves the group, which has no members now. */
export async function seekGroup(store: LogStore, group: GroupTopic, position: ReplayPosition): Promise<void> {
  const { groupId, topic, partitions } = group;
  if (position.kind === 'offset') {
    const { partition, offset } = position;
    if (partition < 0 || partition >= partitions) throw unknownPartition(topic, partition);
    const bounds = { low: BigInt(store.startOf(topic, partition)), high: BigInt(store.endOf(topic, partition)) };
    checkOffset(offset, { topic, partition, ...bounds });
    await store.commit(groupId, topic, partition, Number(offset));
    return;
  }
  for (let partition = 0; partition < partitions; partition += 1) {
    await store.commit(groupId, topic, partition, offsetAt(store, topic, partition, position.time));
  }
}
