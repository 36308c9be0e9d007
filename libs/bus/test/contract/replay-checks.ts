import assert from 'node:assert/strict';
import { setTimeout as timeout } from 'node:timers/promises';
import { partitionOf } from '../../src/index.ts';
import type { Check } from './bus-system.ts';
import { aCollector, aRecord, collectUntil, consume, partitions, readAll, someRecords, topic } from './fixtures.ts';
import { valuesOf, withBus } from './fixtures.ts';

const partition = partitionOf('acme', partitions);

/** A moment that no record shares: timestamps have milliseconds. */
async function aMoment(): Promise<number> {
  await timeout(5);
  const moment = Date.now();
  await timeout(5);
  return moment;
}

export const replayChecks: readonly Check[] = [
  {
    fact: 'hands a group everything from an offset again',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 5));
        await collectUntil(bus, 'acme-4');

        await bus.seek('writer', topic, { kind: 'offset', partition, offset: 2n });

        assert.deepEqual(await collectUntil(bus, 'acme-4'), ['acme-2', 'acme-3', 'acme-4']);
      }),
  },
  {
    fact: 'moves one partition of one group and leaves the others where they are',
    run: (system) =>
      withBus(system, async (bus) => {
        const other = ['globex', 'initech', 'hooli'].find((name) => partitionOf(name, partitions) !== partition);
        assert.ok(other !== undefined);
        await bus.publish([...someRecords(other, 2), ...someRecords('acme', 2)]);
        for (const groupId of ['writer', 'auditor']) {
          await collectUntil(bus, 'acme-1', { groupId });
          await collectUntil(bus, `${other}-1`, { groupId: `${groupId}-2` });
        }
        await bus.publish([aRecord(other, 'mark')]);
        await collectUntil(bus, 'mark');

        await bus.seek('writer', topic, { kind: 'offset', partition, offset: 1n });

        assert.deepEqual(await collectUntil(bus, 'acme-1'), ['acme-1']);
        await bus.publish([aRecord('acme', 'end')]);
        assert.ok(!(await collectUntil(bus, 'end', { groupId: 'auditor' })).includes('acme-1'));
      }),
  },
  {
    fact: 'hands a group everything since a time again, in all partitions',
    run: (system) =>
      withBus(system, async (bus) => {
        const names = ['acme', 'globex', 'initech', 'hooli', 'stark'];
        await bus.publish(names.map((name) => aRecord(name, `${name}-old`)));
        const time = await aMoment();
        await bus.publish(names.map((name) => aRecord(name, `${name}-new`)));
        await bus.publish([aRecord('acme', 'last')]);
        await collectUntil(bus, 'last');

        await bus.seek('writer', topic, { kind: 'time', time });

        const fresh = names.map((name) => `${name}-new`);
        const seen = new Set<string>();
        while (!fresh.every((value) => seen.has(value))) {
          const missing = fresh.find((value) => !seen.has(value)) ?? '';
          for (const value of await collectUntil(bus, missing)) seen.add(value);
        }
        assert.deepEqual(
          [...seen].filter((value) => value.endsWith('-old')),
          [],
        );
      }),
  },
  {
    fact: 'moves a group that never was, and one to the end',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));

        await bus.seek('newcomer', topic, { kind: 'offset', partition, offset: 3n });

        await bus.publish([aRecord('acme', 'next')]);
        assert.deepEqual(await collectUntil(bus, 'next', { groupId: 'newcomer' }), ['next']);
      }),
  },
  {
    fact: 'refuses to move a group that has members',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        const collector = aCollector();
        const consumer = await consume(bus, collector.handle);
        const active = { name: 'BusError', code: 'group-active' };

        await assert.rejects(bus.seek('writer', topic, { kind: 'offset', partition, offset: 0n }), active);
        await assert.rejects(bus.seek('writer', topic, { kind: 'time', time: 0 }), active);

        await consumer.stop();
        await bus.seek('writer', topic, { kind: 'offset', partition, offset: 0n });
      }),
  },
  {
    fact: 'refuses to move to where nothing is',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        const seek = (offset: bigint, of = partition): Promise<void> =>
          bus.seek('writer', topic, { kind: 'offset', partition: of, offset });

        await assert.rejects(seek(4n), { name: 'BusError', code: 'offset-out-of-range' });
        await assert.rejects(seek(-1n), { name: 'BusError', code: 'offset-out-of-range' });
        await assert.rejects(seek(0n, partitions), { name: 'BusError', code: 'unknown-partition' });
      }),
  },
  {
    fact: 'reads from a time on',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 2));
        const time = await aMoment();
        await bus.publish(someRecords('acme', 2, 2));

        assert.deepEqual(valuesOf(await readAll(bus, topic, time)), ['acme-2', 'acme-3']);
        assert.deepEqual(await readAll(bus, topic, Date.now() + 60_000), []);
      }),
  },
];
