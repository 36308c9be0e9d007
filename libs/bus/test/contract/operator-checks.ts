import assert from 'node:assert/strict';
import { setTimeout as timeout } from 'node:timers/promises';
import { partitionOf } from '../../src/index.ts';
import type { Check } from './bus-system.ts';
import { aCollector, collectUntil, consume, deadLetters, partitions, readAll, someRecords } from './fixtures.ts';
import { topic, valuesOf, withBus } from './fixtures.ts';

const partition = partitionOf('acme', partitions);
const another = (partition + 1) % partitions;

export const operatorChecks: readonly Check[] = [
  {
    fact: 'describes the topics that there are, with where each partition begins and ends',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));

        const described = await bus.describeTopics([topic, 'nonsense', deadLetters]);
        const [first] = described;

        assert.deepEqual(
          described.map(({ name, partitions: each }) => [name, each.length]),
          [
            [topic, partitions],
            [deadLetters, partitions],
          ],
        );
        assert.deepEqual(
          [first?.partitions[partition], first?.partitions[another]],
          [
            { partition, low: 0n, high: 3n },
            { partition: another, low: 0n, high: 0n },
          ],
        );
      }),
  },
  {
    fact: 'says where a group is and whether it has members',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        const positionOf = async (groupId: string) => {
          const { members, positions } = await bus.describeGroup(groupId, topic);
          assert.equal(positions.length, partitions);
          return [members, positions.find((each) => each.partition === partition)?.next];
        };
        assert.deepEqual(await positionOf('writer'), [0, null]);
        await collectUntil(bus, 'acme-2');
        assert.deepEqual(await positionOf('writer'), [0, 3n]);

        const consumer = await consume(bus, aCollector().handle);
        assert.deepEqual(await positionOf('writer'), [1, 3n]);
        await consumer.stop();

        await assert.rejects(bus.describeGroup('writer', 'nonsense'), { name: 'BusError', code: 'unknown-topic' });
      }),
  },
  {
    fact: 'reads parts of partitions, as far as they are there',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 5));
        const read = async (
          ...spans: readonly { readonly partition: number; readonly from: bigint; readonly to: bigint }[]
        ) => {
          const records = [];
          for await (const record of bus.read({ topic, spans })) records.push(record);
          return valuesOf(records);
        };

        assert.deepEqual(await read({ partition, from: 1n, to: 3n }), ['acme-1', 'acme-2']);
        assert.deepEqual(await read({ partition, from: 4n, to: 9n }, { partition: another, from: 0n, to: 9n }), [
          'acme-4',
        ]);
        assert.deepEqual(await read(), []);
      }),
  },
  {
    fact: 'finds where a time begins in each partition',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 2));
        await timeout(5);
        const time = Date.now();
        await timeout(5);
        await bus.publish(someRecords('acme', 2, 2));
        const at = async (when: number) =>
          Object.fromEntries((await bus.offsetsAt(topic, when)).map((each) => [each.partition, each.offset]));

        assert.deepEqual([(await at(time))[partition], (await at(time))[another]], [2n, 0n]);
        assert.deepEqual([(await at(0))[partition], (await at(Date.now() + 60_000))[partition]], [0n, 4n]);
        await assert.rejects(bus.offsetsAt('nonsense', 0), { name: 'BusError', code: 'unknown-topic' });
      }),
  },
  {
    fact: 'appends to the partition that is named, with the bytes, key and headers as they are',
    run: (system) =>
      withBus(system, async (bus) => {
        const [key, value] = [Buffer.from([0xff]), Buffer.from([0x00, 0xfe])];
        await bus.append([{ topic, partition: another, key, value, headers: { raw: value } }]);
        await bus.append([{ topic, partition, key, value: null, headers: {} }]);

        const found = (await readAll(bus)).sort(
          (one, other) => Number(one.partition === partition) - Number(other.partition === partition),
        );

        assert.deepEqual(
          found.map((record) => [record.partition, record.key, record.value, record.headers]),
          [
            [another, key, value, { raw: value }],
            [partition, key, null, {}],
          ],
        );
      }),
  },
  {
    fact: 'forgets what lies before an offset, and goes on from there, group and writer alike',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 2));
        await collectUntil(bus, 'acme-1');
        await bus.publish(someRecords('acme', 2, 2));
        await bus.cutBefore(topic, partition, 3n);
        await bus.cutBefore(topic, partition, 1n);

        assert.deepEqual(valuesOf(await readAll(bus)), ['acme-3']);
        const bounds = async () => (await bus.describeTopics([topic]))[0]?.partitions[partition];
        assert.deepEqual(await bounds(), { partition, low: 3n, high: 4n });
        assert.deepEqual(await collectUntil(bus, 'acme-3'), ['acme-3']);

        await bus.cutBefore(topic, partition, 4n);
        await bus.publish(someRecords('acme', 1, 4));
        assert.deepEqual(
          (await readAll(bus)).map(({ offset }) => offset),
          [4n],
        );
        assert.deepEqual(await bounds(), { partition, low: 4n, high: 5n });
        await assert.rejects(bus.cutBefore(topic, partition, 9n), { name: 'BusError', code: 'offset-out-of-range' });
      }),
  },
];
