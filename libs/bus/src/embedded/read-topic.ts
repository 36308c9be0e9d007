import type { BusRecord, ReadRange } from '../bus.ts';
import type { LogStore } from './log-store.ts';

const pageSize = 500;

/** Every record of the range that is in the topic now; memory holds one page at a time. */
export function* readTopic(
  store: LogStore,
  range: ReadRange,
  partitions: number,
): Generator<BusRecord, void, undefined> {
  const { topic } = range;
  const ends = Array.from({ length: partitions }, (_, partition) => store.endOf(topic, partition));
  for (const [partition, end] of ends.entries()) {
    if (range.partition !== undefined && range.partition !== partition) continue;
    const to = range.toOffset === undefined ? end : Math.min(end, Number(range.toOffset));
    let offset = startOf(store, range, partition);
    while (offset < to) {
      const page = store.page(topic, partition, offset, Math.min(pageSize, to - offset));
      yield* page;
      offset = Number(page.at(-1)?.offset ?? to) + 1;
    }
  }
}

function startOf(store: LogStore, { topic, fromTime, fromOffset = 0n }: ReadRange, partition: number): number {
  const byTime = fromTime === undefined ? 0 : offsetAt(store, topic, partition, fromTime);
  return Math.max(byTime, Number(fromOffset));
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
