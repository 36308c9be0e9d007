import assert from 'node:assert/strict';
import { recordSpans, type ToldSpan } from '@learnamp/testkit';
import { inSpan } from '@learnamp/tracing';
import type { BusRecord, OutgoingRecord } from '../../src/index.ts';
import { contentOf } from '../../src/append-record.ts';
import { batchRoom, defaultMaxRecordBytes, encodedBytes } from '../../src/record-size.ts';
import { until } from '../support/until.ts';
import type { BusSystem, Check } from './bus-system.ts';
import { aCollector, aRecord, consume, topic, valuesOf, withBus } from './fixtures.ts';

/** Publishes within the span of somebody who asks, while spans are recorded, and has all of it handled. */
async function handled(system: BusSystem, records: readonly OutgoingRecord[]) {
  const recorded = recordSpans();
  try {
    const seen = await withBus(system, async (bus) => {
      const collector = aCollector();
      await inSpan('ask', { scope: 'test' }, () => bus.publish(records));
      const consumer = await consume(bus, collector.handle);
      await until('all of it is handled', () => collector.seen.length >= records.length);
      await consumer.stop();
      return collector.seen;
    });
    return { seen, spans: recorded.spans() };
  } finally {
    await recorded.stop();
  }
}

function named(spans: readonly ToldSpan[], name: string): ToldSpan {
  const span = spans.find((one) => one.name === name);
  assert.ok(span, `there is no span ${name}`);
  return span;
}

const contextOf = ({ headers }: BusRecord | undefined = { headers: {} } as BusRecord) => String(headers['traceparent']);

export const tracingChecks: readonly Check[] = [
  {
    fact: 'leads from the span of a publish to that of whoever handles its records',
    run: async (system) => {
      const { seen, spans } = await handled(system, [aRecord('acme', 'a'), aRecord('acme', 'b')]);

      const [ask, send, process] = ['ask', `send ${topic}`, `process ${topic}`].map((name) => named(spans, name));
      assert.equal(send?.parentSpanId, ask?.spanId);
      assert.equal(process?.parentSpanId, send?.spanId);
      assert.equal(process?.traceId, ask?.traceId);
      assert.equal(contextOf(seen[0]), `00-${send?.traceId}-${send?.spanId}-01`);
      assert.equal(process?.attributes['learnamp.outcome.done'], process?.attributes['messaging.batch.message_count']);
    },
  },
  {
    fact: 'hands over records whatever stands in the place of their trace context',
    run: async (system) => {
      const odd = ['', 'no context', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, '\u0000', 'x'.repeat(10_000)];
      const records = odd.map((traceparent, index) => aRecord('acme', `${index}`, { headers: { traceparent } }));

      const { seen, spans } = await handled(system, records);

      assert.deepEqual(valuesOf(seen), ['0', '1', '2', '3', '4']);
      assert.deepEqual(seen.map(contextOf), odd);
      assert.equal(named(spans, `process ${topic}`).parentSpanId, undefined);
    },
  },
  {
    fact: 'publishes a record without its trace context where that would make it too large',
    run: async (system) => {
      const room = batchRoom(defaultMaxRecordBytes) - encodedBytes(contentOf(aRecord('acme', '')));
      const sized = (bytes: number) => aRecord('acme', '', { value: Buffer.alloc(bytes) });

      const { seen } = await handled(system, [sized(room), sized(room - 100)]);

      assert.deepEqual(
        seen.map(({ headers }) => 'traceparent' in headers),
        [false, true],
      );
    },
  },
  {
    fact: 'writes no trace context while nothing traces',
    run: (system) =>
      withBus(system, async (bus) => {
        const collector = aCollector();
        await inSpan('ask', { scope: 'test' }, () => bus.publish([aRecord('acme', 'a')]));
        const consumer = await consume(bus, collector.handle);
        await until('it is handled', () => collector.seen.length > 0);
        await consumer.stop();

        assert.deepEqual(collector.seen[0]?.headers, {});
      }),
  },
];
