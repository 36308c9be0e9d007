import assert from 'node:assert/strict';
import { partitionOf } from '../../src/index.ts';
import { runChild } from '../support/run-child.ts';
import { until } from '../support/until.ts';
import type { Check } from './bus-system.ts';
import { aCollector, aRecord, collectUntil, consume, done, partitions, readAll } from './fixtures.ts';
import { someRecords, topic, valuesOf, withBus } from './fixtures.ts';

export const failureChecks: readonly Check[] = [
  {
    fact: 'hands the same records over again when a handler throws, until it decides',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        const attempts: string[][] = [];
        const consumer = await consume(bus, (records) => {
          attempts.push(valuesOf(records));
          // What JSON.parse throws: kafkajs by itself would end the consumer for good.
          if (attempts.length < 4) return Promise.reject(new SyntaxError('unexpected token'));
          return Promise.resolve(records.map(() => done));
        });

        await until('the fourth attempt', () => attempts.length >= 4);

        await bus.publish(someRecords('acme', 1, 3));
        await until('the record behind them', () => attempts.flat().includes('acme-3'));
        await consumer.stop();
        for (const attempt of attempts.slice(0, 4)) assert.deepEqual(attempt, ['acme-0', 'acme-1', 'acme-2']);
      }),
  },
  {
    fact: 'does not move the offset while the handler throws',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 3));
        let calls = 0;
        const consumer = await consume(bus, () => {
          calls += 1;
          return Promise.reject(new TypeError('cannot read properties of undefined'));
        });
        await until('the handler was called again', () => calls >= 3);
        await consumer.stop();

        assert.deepEqual(await collectUntil(bus, 'acme-2'), ['acme-0', 'acme-1', 'acme-2']);
      }),
  },
  {
    fact: 'pauses only the partition whose handler throws',
    run: (system) =>
      withBus(system, async (bus) => {
        const names = Array.from({ length: 12 }, (_, index) => `organisation${index}`);
        const broken = partitionOf('organisation0', partitions);
        const others = names.filter((name) => partitionOf(name, partitions) !== broken);
        const collector = aCollector();
        const consumer = await consume(bus, (records, context) =>
          records[0]?.partition === broken
            ? Promise.reject(new Error('database away'))
            : collector.handle(records, context),
        );

        for (let round = 0; round < 5; round += 1) {
          await bus.publish(names.map((name) => aRecord(name, `${name}-${round}`)));
        }

        await until('the others have all', () => new Set(valuesOf(collector.seen)).size === others.length * 5);
        await until('the consumer says that it is paused', () => consumer.health().state === 'paused');
        await consumer.stop();
      }),
  },
  {
    fact: 'takes an answer with too few outcomes for no answer',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 2));
        const attempts: string[][] = [];
        const consumer = await consume(bus, (records) => {
          attempts.push(valuesOf(records));
          return Promise.resolve(attempts.length < 3 ? [done] : records.map(() => done));
        });

        await until('the third attempt', () => attempts.length >= 3);
        await consumer.stop();

        assert.deepEqual(
          attempts,
          [1, 2, 3].map(() => ['acme-0', 'acme-1']),
        );
      }),
  },
  {
    fact: 'hands over again what a killed process had not decided, and nothing that it had',
    run: async (system) => {
      await withBus(system, (bus) => bus.publish(someRecords('acme', 12)));
      const child = runChild('./holding-consumer.ts', [JSON.stringify(system.address), 'writer', topic]);
      try {
        await until('the process holds a batch', () => child.lines.includes('holding 5'));
      } finally {
        await child.kill();
      }

      const values = await withBus(system, (bus) => collectUntil(bus, 'acme-11'));

      assert.deepEqual(
        values,
        someRecords('acme', 7, 5).map(({ value }) => String(value)),
      );
    },
  },
  {
    fact: 'keeps every record that it acknowledged to a process that is then killed',
    run: async (system) => {
      await withBus(system, () => Promise.resolve());
      const child = runChild('./publishing-child.ts', [JSON.stringify(system.address), topic]);
      try {
        await until('some are acknowledged', () => child.lines.length >= 100);
      } finally {
        await child.kill();
      }

      const values = new Set(await withBus(system, async (bus) => valuesOf(await readAll(bus))));

      assert.deepEqual(
        child.lines.filter((acknowledged) => !values.has(acknowledged)),
        [],
      );
    },
  },
];
