import type { BusRecord, ReadRange, Span } from '../bus.ts';
import type { LogStore } from './log-store.ts';

const pageSize = 500;

/** Every record of the range that is in the topic now; memory holds one page at a time. */
export function* readTopic(
  store: LogStore,
  range: ReadRange,
  partitions: number,
): Generator<BusRecord, void, undefined> {
  const { topic } = range;
  for (const { partition, from, to } of range.spans ?? wholeTopic(store, range, partitions)) {
    const end = Math.min(Number(to), store.endOf(topic, partition));
    let offset = Number(from);
    while (offset < end) {
      const page = store.page(topic, partition, offset, Math.min(pageSize, end - offset));
      yield* page;
      offset = Number(page.at(-1)?.offset ?? end) + 1;
    }
  }
}

function wholeTopic(store: LogStore, { topic, fromTime }: ReadRange, partitions: number): Span[] {
  return Array.from({ length: partitions }, (_, partition) => ({
    partition,
    from: fromTime === undefined ? 0n : BigInt(offsetAt(store, topic, partition, fromTime)),
    to: BigInt(store.endOf(topic, partition)),
  }));
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
