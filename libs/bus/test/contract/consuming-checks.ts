import assert from 'node:assert/strict';
import type { BatchHandler } from '../../src/index.ts';
import { until } from '../support/until.ts';
import type { Check } from './bus-system.ts';
import { aCollector, aGate, aRecord, collectUntil, consume, done } from './fixtures.ts';
import { readAll, someRecords, valuesOf, withBus } from './fixtures.ts';

const names = Array.from({ length: 12 }, (_, index) => `organisation${index}`);

export const consumingChecks: readonly Check[] = [
  {
    fact: 'hands a new group everything from the beginning, published before or after it joined',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        const collector = aCollector();
        const consumer = await consume(bus, collector.handle);
        await until('the first record is handed over', () => collector.seen.length > 0);

        await bus.publish(someRecords('acme', 3, 3));

        await until('all six are handed over', () => collector.seen.length >= 6);
        await consumer.stop();
        assert.deepEqual(valuesOf(collector.seen), ['acme-0', 'acme-1', 'acme-2', 'acme-3', 'acme-4', 'acme-5']);
      }),
  },
  {
    fact: 'hands every record to each of two groups',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish([...someRecords('acme', 5), aRecord('acme', 'last')]);

        const groups = await Promise.all(
          ['writer', 'auditor'].map((groupId) => collectUntil(bus, 'last', { groupId })),
        );

        for (const values of groups) assert.deepEqual(new Set(values).size, 6);
      }),
  },
  {
    fact: 'shares the partitions among the members of a group, each partition with one of them at a time',
    run: (system) =>
      withBus(system, async (bus) => {
        const members = [new Set<string>(), new Set<string>()];
        const busy = new Set<number>();
        const overlaps: number[] = [];
        const handlers = members.map((seen): BatchHandler => async (records) => {
          const partition = records[0]?.partition ?? -1;
          if (busy.has(partition)) overlaps.push(partition);
          busy.add(partition);
          await new Promise((resolve) => setImmediate(resolve));
          for (const value of valuesOf(records)) seen.add(value);
          busy.delete(partition);
          return records.map(() => done);
        });
        const consumers = await Promise.all(handlers.map((handle) => consume(bus, handle)));

        let round = 0;
        await until('both members were handed records', async () => {
          await bus.publish(names.map((name) => aRecord(name, `${name}-${round}`)));
          round += 1;
          return members.every((seen) => seen.size > 0);
        });

        const all = (): Set<string> => new Set(members.flatMap((seen) => [...seen]));
        await until('the group was handed everything', () => all().size === round * names.length);
        await Promise.all(consumers.map((consumer) => consumer.stop()));
        assert.deepEqual(overlaps, []);
      }),
  },
  {
    fact: 'gives the partitions of a member that stops to the one that stays',
    run: (system) =>
      withBus(system, async (bus) => {
        const [leaver, stayer] = [aCollector(), aCollector()];
        const leaving = await consume(bus, leaver.handle);
        const staying = await consume(bus, stayer.handle);
        await bus.publish(names.map((name) => aRecord(name, `${name}-0`)));
        await until('all were handed over', () => leaver.seen.length + stayer.seen.length >= names.length);
        await leaving.stop();
        const seenBefore = leaver.seen.length;

        await bus.publish(names.map((name) => aRecord(name, `${name}-1`)));

        const second = (): string[] => valuesOf(stayer.seen).filter((value) => value.endsWith('-1'));
        await until('the other member has all', () => new Set(second()).size === names.length);
        await staying.stop();
        assert.equal(leaver.seen.length, seenBefore);
      }),
  },
  {
    fact: 'hands over one partition at a time, in batches of at most maxBatch, in order of offset',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(names.flatMap((name) => someRecords(name, 10)));
        const batches: { partition: number; offset: bigint }[][] = [];
        const consumer = await consume(
          bus,
          (records) => {
            batches.push(records.map(({ partition, offset }) => ({ partition, offset })));
            return Promise.resolve(records.map(() => done));
          },
          { maxBatch: 7 },
        );
        await until('all were handed over', () => batches.flat().length >= names.length * 10);
        await consumer.stop();

        for (const batch of batches) {
          assert.ok(batch.length >= 1 && batch.length <= 7);
          assert.equal(new Set(batch.map(({ partition }) => partition)).size, 1);
        }
        for (const partition of [0, 1, 2, 3]) {
          const offsets = batches.flat().filter((record) => record.partition === partition);
          assert.deepEqual(
            offsets.map(({ offset }) => offset),
            offsets.map((_, index) => BigInt(index)),
          );
        }
      }),
  },
  {
    fact: 'goes on behind what a group has decided when its consumer comes back',
    run: async (system) => {
      await withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        await collectUntil(bus, 'acme-2');
      });

      await withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 1, 3));
        assert.deepEqual(await collectUntil(bus, 'acme-3'), ['acme-3']);
      });
    },
  },
  {
    fact: 'finishes the running batch before a stop resolves, and keeps its outcome',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        const [entered, gate] = [aGate(), aGate()];
        const consumer = await consume(bus, async (records) => {
          entered.open();
          await gate.opened;
          return records.map(() => done);
        });
        await entered.opened;
        let stopped = false;
        const stopping = consumer.stop().then(() => (stopped = true));
        await bus.publish(someRecords('acme', 1, 3));
        assert.equal(stopped, false);

        gate.open();
        await stopping;

        assert.equal(consumer.health().state, 'stopped');
        assert.deepEqual(await collectUntil(bus, 'acme-3'), ['acme-3']);
      }),
  },
  {
    fact: 'aborts a handler that does not finish before the stop deadline, and hands its records over again',
    run: (system) =>
      withBus(
        system,
        async (bus) => {
          await bus.publish(someRecords('acme', 2));
          const entered = aGate();
          let aborted = false;
          const consumer = await consume(bus, async (records, { signal }) => {
            entered.open();
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            aborted = true;
            return records.map(() => done);
          });
          await entered.opened;

          await consumer.stop();

          await until('the handler is told', () => aborted);
          assert.deepEqual(await collectUntil(bus, 'acme-1'), ['acme-0', 'acme-1']);
        },
        { stopWithinMs: 200 },
      ),
  },
  {
    fact: 'reports progress while it runs and that it has stopped afterwards',
    run: (system) =>
      withBus(system, async (bus) => {
        const consumer = await consume(bus, aCollector().handle);
        await until('the consumer runs', () => consumer.health().state === 'running');
        const { lastProgressAt } = consumer.health();

        await until('the idle loop moves', () => consumer.health().lastProgressAt > lastProgressAt);

        await consumer.stop();
        assert.equal(consumer.health().state, 'stopped');
      }),
  },
  {
    fact: 'reads every record that is there, partition by partition in order of offset, and ends',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(names.flatMap((name) => someRecords(name, 20)));

        const records = await readAll(bus);

        const places = records.map(({ partition, offset }) => partition * 10_000 + Number(offset));
        assert.equal(records.length, names.length * 20);
        assert.deepEqual(
          places,
          [...places].sort((one, other) => one - other),
        );
        assert.equal(new Set(valuesOf(records)).size, records.length);
      }),
  },
  {
    fact: 'reads an empty topic to its end at once, and may be left in the middle of a full one',
    run: (system) =>
      withBus(system, async (bus) => {
        assert.deepEqual(await readAll(bus), []);
        await bus.publish(someRecords('acme', 50));

        for await (const record of bus.read({ topic: 'directory.users' })) {
          assert.equal(record.offset, 0n);
          break;
        }

        assert.equal((await readAll(bus)).length, 50);
      }),
  },
];
