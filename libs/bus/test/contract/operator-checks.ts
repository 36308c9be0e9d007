import assert from 'node:assert/strict';
import { partitionOf } from '../../src/index.ts';
import type { Check } from './bus-system.ts';
import {
  aCollector,
  aRecord,
  collectUntil,
  consume,
  deadLetters,
  partitions,
  readAll,
  someRecords,
} from './fixtures.ts';
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

        assert.deepEqual(
          described.map(({ name, partitions: each }) => [name, each.length]),
          [
            [topic, partitions],
            [deadLetters, partitions],
          ],
        );
        assert.deepEqual(described[0]?.partitions[partition], { partition, low: 0n, high: 3n });
        assert.deepEqual(described[0]?.partitions[another], { partition: another, low: 0n, high: 0n });
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
    fact: 'reads one partition, from an offset up to another',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 5));
        const read = async (range: object) => {
          const records = [];
          for await (const record of bus.read({ topic, ...range })) records.push(record);
          return valuesOf(records);
        };

        assert.deepEqual(await read({ partition, fromOffset: 1n, toOffset: 3n }), ['acme-1', 'acme-2']);
        assert.deepEqual(await read({ partition, fromOffset: 4n, toOffset: 9n }), ['acme-4']);
        assert.deepEqual(await read({ partition: another }), []);
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
    fact: 'moves a group to a time in one partition, and leaves its others where they are',
    run: (system) =>
      withBus(system, async (bus) => {
        const other = ['globex', 'initech', 'hooli'].find((name) => partitionOf(name, partitions) !== partition);
        assert.ok(other !== undefined);
        await bus.publish([aRecord(other, `${other}-0`), aRecord('acme', 'acme-0')]);
        for (const value of ['acme-0', `${other}-0`])
          await bus.seek('writer', topic, { kind: 'time', time: 0 }).then(() => collectUntil(bus, value));

        await bus.seek('writer', topic, { kind: 'time', time: Date.now() + 60_000 });
        await bus.seek('writer', topic, { kind: 'time', time: 0, partition });

        const { positions } = await bus.describeGroup('writer', topic);
        assert.equal(positions[partition]?.next, 0n);
        assert.equal(positions[partitionOf(other, partitions)]?.next, 1n);
        await assert.rejects(bus.seek('writer', topic, { kind: 'time', time: 0, partition: partitions }), {
          name: 'BusError',
          code: 'unknown-partition',
        });
      }),
  },
];
