import type {
  BatchHandler,
  Bus,
  BusRecord,
  Consumer,
  ConsumerSpec,
  OperatorBus,
  OutgoingRecord,
  Outcome,
} from '../../src/index.ts';
import type { OpenOptions } from '../support/child-bus.ts';
import { until } from '../support/until.ts';
import type { BusSystem } from './bus-system.ts';

export const topic = 'directory.users';
export const deadLetters = `${topic}.dead-letters`;
export const partitions = 4;
export const done: Outcome = { kind: 'done' };

export function aRecord(organisation: string, value: string, more: Partial<OutgoingRecord> = {}): OutgoingRecord {
  return { topic, partitionBy: organisation, key: `${organisation}:${value}`, value: Buffer.from(value), ...more };
}

/** `count` records of one organisation, their values numbered. */
export function someRecords(organisation: string, count: number, from = 0): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => aRecord(organisation, `${organisation}-${from + index}`));
}

export function valuesOf(records: readonly BusRecord[]): string[] {
  return records.map(({ value }) => String(value));
}

/** Opens a bus with the topic in it, runs the work and closes the bus. */
export async function withBus<Result>(
  system: BusSystem,
  work: (bus: OperatorBus) => Promise<Result>,
  options: OpenOptions = {},
): Promise<Result> {
  const bus = system.open(options);
  try {
    await bus.ensureTopics([{ name: topic, partitions }]);
    return await work(bus);
  } finally {
    await bus.close();
  }
}

export interface Collector {
  readonly seen: BusRecord[];
  readonly handle: BatchHandler;
}

/** A handler that remembers what it was given and accepts all of it. */
export function aCollector(): Collector {
  const seen: BusRecord[] = [];
  const handle: BatchHandler = (records) => {
    seen.push(...records);
    return Promise.resolve(records.map(() => done));
  };
  return { seen, handle };
}

export function consume(bus: Bus, handle: BatchHandler, more: Partial<ConsumerSpec> = {}): Promise<Consumer> {
  return bus.consume({ groupId: 'writer', topics: [topic], handle, ...more });
}

/** What a member of the group is handed until it has seen the last of these values. */
export async function collectUntil(bus: Bus, last: string, more: Partial<ConsumerSpec> = {}): Promise<string[]> {
  const collector = aCollector();
  const consumer = await consume(bus, collector.handle, more);
  await until(`the group is handed ${last}`, () => valuesOf(collector.seen).includes(last));
  await consumer.stop();
  return valuesOf(collector.seen);
}

export async function readAll(bus: Bus, from: string = topic, fromTime?: number): Promise<BusRecord[]> {
  const records: BusRecord[] = [];
  const range = fromTime === undefined ? { topic: from } : { topic: from, fromTime };
  for await (const record of bus.read(range)) records.push(record);
  return records;
}

export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** Something to wait for in a handler. */
export function aGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
