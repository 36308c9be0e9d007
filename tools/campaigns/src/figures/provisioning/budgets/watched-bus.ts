import type { Bus, OutgoingRecord } from '@learnamp/bus';

/** A bus of which one can tell whether everything that was published has been handled. */
export interface WatchedBus {
  readonly bus: Bus;
  allConsumed(): boolean;
}

/** Topics that these services publish and only others consume would never be empty, so only consumed ones count. */
export function watchBus(
  inner: Bus,
  publishing: (records: readonly OutgoingRecord[]) => readonly OutgoingRecord[] = (records) => records,
): WatchedBus {
  const waiting = new Map<string, number>();
  const consumed = new Set<string>();
  const count = (topic: string, by: number) => waiting.set(topic, (waiting.get(topic) ?? 0) + by);
  return {
    allConsumed: () => [...consumed].every((topic) => (waiting.get(topic) ?? 0) <= 0),
    bus: {
      ensureTopics: (topics) => inner.ensureTopics(topics),
      publish: async (records) => {
        const published = publishing(records);
        for (const { topic } of published) count(topic, 1);
        await inner.publish(published);
      },
      consume: (spec) => {
        for (const topic of spec.topics) consumed.add(topic);
        return inner.consume({
          ...spec,
          handle: async (records, context) => {
            const outcomes = await spec.handle(records, context);
            for (const { topic } of records) count(topic, -1);
            return outcomes;
          },
        });
      },
      read: (range) => inner.read(range),
      seek: (groupId, topic, position) => inner.seek(groupId, topic, position),
      close: () => inner.close(),
    },
  };
}
