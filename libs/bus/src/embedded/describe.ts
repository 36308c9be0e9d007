import type { GroupDescription, TopicDescription } from '../operating.ts';
import type { LogStore } from './log-store.ts';
import { offsetAt } from './read-topic.ts';
import type { GroupTopic } from './seek-group.ts';

/** Those of the topics that there are, as they are now. */
export function describeStored(store: LogStore, names: readonly string[]): TopicDescription[] {
  const counts = store.topics();
  return names.flatMap((name) => {
    const count = counts.get(name);
    if (count === undefined) return [];
    const partitions = Array.from({ length: count }, (_, partition) => ({
      partition,
      low: BigInt(store.startOf(name, partition)),
      high: BigInt(store.endOf(name, partition)),
    }));
    return [{ name, partitions, replicas: null, config: {} }];
  });
}

/** Where a group is. Its members are known to the process that has them alone. */
export function describeStoredGroup(
  store: LogStore,
  { groupId, topic, partitions }: GroupTopic,
  members: number,
): GroupDescription {
  const positions = Array.from({ length: partitions }, (_, partition) => {
    const next = store.committed(groupId, topic, partition);
    return { partition, next: next === undefined ? null : BigInt(next) };
  });
  return { groupId, members, positions };
}

export const storedOffsetsAt = (store: LogStore, topic: string, partitions: number, time: number) =>
  Array.from({ length: partitions }, (_, partition) => ({
    partition,
    offset: BigInt(offsetAt(store, topic, partition, time)),
  }));
