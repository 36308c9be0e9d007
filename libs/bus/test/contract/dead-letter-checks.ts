import assert from 'node:assert/strict';
import type { BatchHandler, BusRecord } from '../../src/index.ts';
import { until } from '../support/until.ts';
import type { Check } from './bus-system.ts';
import {
  aRecord,
  collectUntil,
  consume,
  deadLetters,
  done,
  readAll,
  someRecords,
  topic,
  valuesOf,
} from './fixtures.ts';
import { withBus } from './fixtures.ts';

const poison = Buffer.from([0xff, 0x00, 0x7b, 0x22]);

/** Gives up on the poison and takes the rest. */
function aPickyHandler(seen: BusRecord[]): BatchHandler {
  return (records) => {
    seen.push(...records);
    return Promise.resolve(
      records.map(({ value }) =>
        value?.equals(poison) === true
          ? { kind: 'dead-letter' as const, reason: 'not-json', cause: new SyntaxError('canary of a record') }
          : done,
      ),
    );
  };
}

export const deadLetterChecks: readonly Check[] = [
  {
    fact: 'keeps a dead letter with its bytes, key and headers, says why, and goes on with what is behind it',
    run: (system) =>
      withBus(system, async (bus) => {
        const headers = { traceparent: '00-ab', raw: poison };
        await bus.publish([...someRecords('acme', 2), aRecord('acme', '', { key: 'the-key', value: poison, headers })]);
        await bus.publish(someRecords('acme', 2, 2));
        const seen: BusRecord[] = [];
        const consumer = await consume(bus, aPickyHandler(seen));
        await until('the records behind it', () => valuesOf(seen).includes('acme-3'));
        await consumer.stop();

        const [letter, ...rest] = await readAll(bus, deadLetters);

        const source = seen.find(({ value }) => value?.equals(poison));
        assert.ok(letter !== undefined && source !== undefined);
        assert.deepEqual(rest, []);
        assert.deepEqual(letter.value, poison);
        assert.equal(String(letter.key), 'the-key');
        assert.equal(letter.partition, source.partition);
        assert.equal(String(letter.headers['traceparent']), '00-ab');
        assert.deepEqual(letter.headers['raw'], poison);
        const said = (name: string): string => String(letter.headers[`x-dead-letter-${name}`]);
        assert.equal(said('topic'), topic);
        assert.equal(said('partition'), String(source.partition));
        assert.equal(said('offset'), String(source.offset));
        assert.equal(said('timestamp'), String(source.timestamp));
        assert.equal(said('reason'), 'not-json');
        assert.equal(said('error'), 'SyntaxError');
        assert.equal(said('group'), 'writer');
        assert.equal(said('attempts'), '1');
      }),
  },
  {
    fact: 'counts in the dead letter how often the handler had it',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish([aRecord('acme', '', { value: poison })]);
        let calls = 0;
        const consumer = await consume(bus, (records, context) => {
          calls += 1;
          return calls < 3 ? Promise.reject(new Error('database away')) : aPickyHandler([])(records, context);
        });
        await until('the dead letter', async () => (await readAll(bus, deadLetters)).length > 0);
        await consumer.stop();

        const [letter] = await readAll(bus, deadLetters);

        assert.equal(String(letter?.headers['x-dead-letter-attempts']), '3');
      }),
  },
  {
    fact: 'does not move past a dead letter that it could not write',
    run: async (system) => {
      await withBus(system, (bus) => bus.publish([aRecord('acme', '', { value: poison }), aRecord('acme', 'good')]));
      await system.removeTopic(deadLetters);
      const bus = system.open();
      try {
        const seen: BusRecord[] = [];
        const consumer = await consume(bus, aPickyHandler(seen));
        await until('the poison came again', () => seen.filter(({ offset }) => offset === 0n).length >= 2);
        await consumer.stop();

        const again = aPickyHandler(seen);
        seen.length = 0;
        await bus.ensureTopics([{ name: topic, partitions: 4 }]);
        const second = await consume(bus, again);
        await until('the good one behind it', () => valuesOf(seen).includes('good'));
        await second.stop();

        assert.deepEqual(
          (await readAll(bus, deadLetters)).map(({ value }) => value),
          [poison],
        );
      } finally {
        await bus.close();
      }
    },
  },
  {
    fact: 'keeps a dead letter that is as large as a record may be',
    run: (system) =>
      withBus(system, async (bus) => {
        const value = Buffer.alloc(1_048_400, 'x');
        await bus.publish([aRecord('acme', '', { value }), aRecord('acme', 'behind')]);
        const consumer = await consume(bus, (records) =>
          Promise.resolve(records.map(() => ({ kind: 'dead-letter' as const, reason: 'r'.repeat(2_000) }))),
        );

        await until('both dead letters', async () => (await readAll(bus, deadLetters)).length >= 2);
        await consumer.stop();

        assert.deepEqual((await readAll(bus, deadLetters))[0]?.value, value);
      }),
  },
  {
    fact: 'moves past a skipped record without a dead letter',
    run: (system) =>
      withBus(system, async (bus) => {
        await bus.publish(someRecords('acme', 2));
        let calls = 0;
        const consumer = await consume(bus, (records) => {
          calls += records.length;
          return Promise.resolve(records.map(() => ({ kind: 'skip' as const, reason: 'older version' })));
        });
        await until('both were handed over', () => calls >= 2);
        await consumer.stop();
        await bus.publish([aRecord('acme', 'next')]);

        assert.deepEqual(await collectUntil(bus, 'next'), ['next']);
        assert.deepEqual(await readAll(bus, deadLetters), []);
      }),
  },
];
