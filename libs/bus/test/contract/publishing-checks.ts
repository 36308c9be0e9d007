import assert from 'node:assert/strict';
import { BusError, partitionOf } from '../../src/index.ts';
import type { Check } from './bus-system.ts';
import { aRecord, collectUntil, partitions, readAll, someRecords, topic, valuesOf, withBus } from './fixtures.ts';

const organisations = ['acme', 'globex', 'initech', 'umbrella', 'hooli', 'stark', 'wayne'];

export const publishingChecks: readonly Check[] = [
  {
    fact: 'keeps the order of what one organisation publishes, across calls',
    run: (system) =>
      withBus(system, async (bus) => {
        for (let round = 0; round < 10; round += 1) {
          await bus.publish(organisations.flatMap((name) => someRecords(name, 5, round * 5)));
        }

        const values = valuesOf(await readAll(bus));

        for (const name of organisations) {
          const own = values.filter((value) => value.startsWith(`${name}-`));
          assert.deepEqual(
            own,
            someRecords(name, 50).map(({ value }) => String(value)),
          );
        }
      }),
  },
  {
    fact: 'keeps the order of calls that were not waited for',
    run: (system) =>
      withBus(system, async (bus) => {
        const records = someRecords('acme', 200);

        await Promise.all(records.map((record) => bus.publish([record])));

        assert.deepEqual(
          valuesOf(await readAll(bus)),
          records.map(({ value }) => String(value)),
        );
      }),
  },
  {
    fact: 'puts all records of one organisation into its partition, whatever their keys',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(organisations.flatMap((name) => someRecords(name, 10)));

        for (const { value, partition } of await readAll(bus)) {
          assert.equal(partition, partitionOf(String(value).replace(/-\d+$/, ''), partitions));
        }
      }),
  },
  {
    fact: 'carries bytes, tombstones and headers unchanged',
    run: (system) =>
      withBus(system, async (bus) => {
        const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
        const headers = { traceparent: '00-ab-cd-01', binary: bytes, empty: '' };
        const before = Date.now();
        await bus.publish([
          aRecord('acme', 'x', { key: 'schlüssel', value: bytes, headers }),
          aRecord('acme', 'y', { key: 'gone', value: null }),
        ]);

        const [record, tombstone] = await readAll(bus);

        assert.ok(record !== undefined && tombstone !== undefined);
        assert.equal(String(record.key), 'schlüssel');
        assert.deepEqual(record.value, bytes);
        assert.deepEqual(Object.keys(record.headers), ['traceparent', 'binary', 'empty']);
        assert.deepEqual(record.headers['binary'], bytes);
        assert.equal(String(record.headers['empty']), '');
        assert.ok(record.timestamp >= before && record.timestamp <= Date.now());
        assert.equal(tombstone.value, null);
        assert.deepEqual(tombstone.headers, {});
      }),
  },
  {
    fact: 'loses nothing of many publishers at once',
    run: (system) =>
      withBus(system, async (bus) => {
        const publisher = async (name: string): Promise<void> => {
          for (const record of someRecords(name, 20)) await bus.publish([record]);
        };
        const names = Array.from({ length: 40 }, (_, index) => `organisation${index}`);

        await Promise.all(names.map(publisher));

        const expected = names.flatMap((name) => someRecords(name, 20)).map(({ value }) => String(value));
        const values = new Set(valuesOf(await readAll(bus)));
        assert.deepEqual(
          expected.filter((value) => !values.has(value)),
          [],
        );
      }),
  },
  {
    fact: 'publishes more in one call than fits into one request',
    run: (system) =>
      withBus(system, async (bus) => {
        const large = (index: number): Buffer => Buffer.concat([Buffer.from(`${index} `), Buffer.alloc(400_000)]);
        await bus.publish(Array.from({ length: 6 }, (_, index) => aRecord('acme', '', { value: large(index) })));

        const values = valuesOf(await readAll(bus)).map((value) => value.split(' ')[0]);

        assert.deepEqual(values, ['0', '1', '2', '3', '4', '5']);
      }),
  },
  {
    fact: 'refuses a record over the size limit and names topic and key, while others pass',
    run: (system) =>
      withBus(system, async (bus) => {
        const tooLarge = aRecord('acme', '', { key: 'the-key', value: Buffer.alloc(1_048_588, 'secret') });
        const others = Array.from({ length: 5 }, (_, index) => bus.publish([aRecord('acme', `good-${index}`)]));

        await assert.rejects(bus.publish([aRecord('acme', 'with-it'), tooLarge]), (error) => {
          assert.ok(error instanceof BusError);
          assert.equal(error.code, 'message-too-large');
          assert.equal(error.retriable, false);
          assert.match(error.message, /directory\.users/);
          assert.match(error.message, /the-key/);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        });

        await Promise.all(others);
        assert.deepEqual(valuesOf(await readAll(bus)), ['good-0', 'good-1', 'good-2', 'good-3', 'good-4']);
      }),
  },
  {
    fact: 'accepts a record just under the size limit',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish([aRecord('acme', '', { value: Buffer.alloc(1_048_400) })]);

        assert.equal((await readAll(bus))[0]?.value?.length, 1_048_400);
      }),
  },
  {
    fact: 'refuses to publish to, consume, read or move in a topic that nobody created',
    run: (system) =>
      withBus(system, async (bus) => {
        const unknown = { name: 'BusError', code: 'unknown-topic', retriable: false };
        const handle = (): Promise<never> => Promise.reject(new Error('not to be called'));

        await assert.rejects(bus.publish([aRecord('acme', 'x', { topic: 'nobodys' })]), unknown);
        await assert.rejects(bus.consume({ groupId: 'writer', topics: ['nobodys'], handle }), unknown);
        await assert.rejects(readAll(bus, 'nobodys'), unknown);
        await assert.rejects(bus.seek('writer', 'nobodys', { kind: 'time', time: 0 }), unknown);
      }),
  },
  {
    fact: 'creates a topic once and refuses another number of partitions, naming both',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish([aRecord('acme', 'kept')]);
        await bus.ensureTopics([{ name: topic, partitions }]);

        await assert.rejects(bus.ensureTopics([{ name: topic, partitions: 7 }]), (error) => {
          assert.ok(error instanceof BusError);
          assert.equal(error.code, 'partition-count-mismatch');
          assert.match(error.message, /4.*7|7.*4/);
          return true;
        });
        assert.deepEqual(await collectUntil(bus, 'kept'), ['kept']);
      }),
  },
  {
    fact: 'refuses everything once it is closed',
    run: async (system) => {
      const bus = await withBus(system, (open) => Promise.resolve(open));
      const closed = { name: 'BusError', code: 'bus-closed' };

      await assert.rejects(bus.publish([aRecord('acme', 'x')]), closed);
      await assert.rejects(bus.ensureTopics([]), closed);
      await assert.rejects(readAll(bus), closed);
    },
  },
];
