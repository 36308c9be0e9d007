import type { BusRecord, ReadRange } from '../bus.ts';
import type { LogStore } from './log-store.ts';

const pageSize = 500;

/** Every record that is in the topic now; memory holds one page at a time. */
export function* readTopic(
  store: LogStore,
  range: ReadRange,
  partitions: number,
): Generator<BusRecord, void, undefined> {
  const ends = Array.from({ length: partitions }, (_, partition) => store.endOf(range.topic, partition));
  for (const [partition, end] of ends.entries()) {
    let offset = range.fromTime === undefined ? 0 : offsetAt(store, range.topic, partition, range.fromTime);
    while (offset < end) {
      const page = store.page(range.topic, partition, offset, Math.min(pageSize, end - offset));
      yield* page;
      offset = Number(page.at(-1)?.offset ?? end) + 1;
    }
  }
}

/** The first offset whose record is not older than the time; the end where there is none. Clocks may go back: no shortcut. */
export function offsetAt(store: LogStore, topic: string, partition: number, time: number): number {
  let offset = 0;
  for (;;) {
    const page = store.page(topic, partition, offset, pageSize);
    const found = page.find(({ timestamp }) => timestamp >= time);
    if (found !== undefined) return Number(found.offset);
    const last = page.at(-1);
    if (last === undefined) return offset;
    offset = Number(last.offset) + 1;
  }
}
