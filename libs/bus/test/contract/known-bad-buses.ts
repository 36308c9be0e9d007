import type { BatchHandler, Bus, BusRecord, OperatorBus, OutgoingRecord, Outcome } from '../../src/index.ts';
import type { BusSystem } from './bus-system.ts';
import { deadLetters } from './fixtures.ts';

/** A system whose buses have one fault. */
export function broken(system: BusSystem, fault: (bus: OperatorBus) => Partial<OperatorBus>): BusSystem {
  return { ...system, open: (options) => withFault(system.open(options), fault) };
}

function withFault(bus: OperatorBus, fault: (bus: OperatorBus) => Partial<OperatorBus>): OperatorBus {
  const good: OperatorBus = {
    ensureTopics: (topics) => bus.ensureTopics(topics),
    publish: (records) => bus.publish(records),
    consume: (spec) => bus.consume(spec),
    read: (range) => bus.read(range),
    seek: (groupId, topic, position) => bus.seek(groupId, topic, position),
    describeTopics: (names) => bus.describeTopics(names),
    offsetsAt: (topic, time) => bus.offsetsAt(topic, time),
    describeGroup: (groupId, topic) => bus.describeGroup(groupId, topic),
    wholeSpecs: (topics) => bus.wholeSpecs(topics),
    configureTopic: (name, config) => bus.configureTopic(name, config),
    append: (records) => bus.append(records),
    cutBefore: (topic, partition, offset) => bus.cutBefore(topic, partition, offset),
    close: () => bus.close(),
  };
  return { ...good, ...fault(bus) };
}

function withHandler(bus: Bus, change: (handle: BatchHandler) => BatchHandler): Partial<Bus> {
  return { consume: (spec) => bus.consume({ ...spec, handle: change(spec.handle) }) };
}

const allDone = (records: readonly BusRecord[]): Outcome[] => records.map(() => ({ kind: 'done' }));

/** Moves the offset without waiting for the handler. */
export function commitsBeforeTheHandler(bus: Bus): Partial<Bus> {
  return withHandler(bus, (handle) => (records, context) => {
    handle(records, context).catch(() => undefined);
    return Promise.resolve(allDone(records));
  });
}

function bareLetter(record: BusRecord): OutgoingRecord {
  return { topic: deadLetters, partitionBy: 'any', key: String(record.key), value: record.value };
}

/** Writes dead letters itself, and of each only the key and the value. */
export function dropsHeadersOfDeadLetters(bus: Bus): Partial<Bus> {
  return withHandler(bus, (handle) => async (records, context) => {
    const outcomes = await handle(records, context);
    const letters = records.filter((_, index) => outcomes[index]?.kind === 'dead-letter');
    await bus.publish(letters.map(bareLetter));
    return allDone(records);
  });
}

/** Passes over dead letters that cannot be written. */
export function movesPastUnwrittenDeadLetters(bus: Bus): Partial<Bus> {
  return withHandler(bus, (handle) => async (records, context) => {
    const outcomes = await handle(records, context);
    const letters = records.filter((_, index) => outcomes[index]?.kind === 'dead-letter');
    await bus.publish(letters.map(bareLetter)).catch(() => undefined);
    return allDone(records);
  });
}

/** Acknowledges what it has not written yet. */
export function acknowledgesBeforeWriting(bus: Bus): Partial<Bus> {
  return {
    publish: (records) => {
      setTimeout(() => void bus.publish(records).catch(() => undefined), 50);
      return Promise.resolve();
    },
  };
}

/** Chooses partitions by key instead of by organisation. */
export function partitionsByKey(bus: Bus): Partial<Bus> {
  return { publish: (records) => bus.publish(records.map((record) => ({ ...record, partitionBy: record.key }))) };
}

/** Moves groups without looking for members. */
export function seeksActiveGroups(bus: Bus): Partial<Bus> {
  return {
    seek: (groupId, topic, position) =>
      bus.seek(groupId, topic, position).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'group-active')) throw error;
      }),
  };
}

/** Gives up on records whose handler throws. */
export function swallowsFailures(bus: Bus): Partial<Bus> {
  return withHandler(bus, (handle) => (records, context) => handle(records, context).catch(() => allDone(records)));
}

/** Appends to the partition of the key in place of the one that is named. */
export function appendsByKey(bus: OperatorBus): Partial<OperatorBus> {
  return {
    append: (records) =>
      bus.publish(
        records.map(({ topic, key, value, headers }) => ({
          topic,
          partitionBy: String(key),
          key: String(key),
          value,
          headers,
        })),
      ),
  };
}

/** Cuts one record less than it was told to. */
export function leavesOneRecord(bus: OperatorBus): Partial<OperatorBus> {
  return { cutBefore: (topic, partition, offset) => bus.cutBefore(topic, partition, offset - 1n) };
}

/** Publishes without saying in which trace. */
export function losesTraceContexts(bus: Bus): Partial<Bus> {
  const without = (record: OutgoingRecord) => ({ ...record, headers: { ...record.headers, traceparent: '' } });
  return { publish: (records) => bus.publish(records.map(without)) };
}
