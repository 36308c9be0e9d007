import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AppendRecord } from '../src/append-record.ts';
import { BusError } from '../src/index.ts';
import { batchesOf, batchRoom, checkSizes, encodedBytes } from '../src/record-size.ts';

interface Encoder {
  readonly buffer: Buffer;
}
type EncodeRecord = (record: object) => Encoder;

/** What really goes over the wire. */
const encodeRecord = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/record/v0') as EncodeRecord;

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const anyRecord: fc.Arbitrary<AppendRecord> = fc.record({
  topic: fc.constant('directory.users'),
  partition: fc.constant(0),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), bytes, { maxKeys: 5 }),
});

describe('encodedBytes', () => {
  it('is never less than what the record takes on the wire, and little more', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const wire = encodeRecord({ ...record, offsetDelta: 5_000, timestampDelta: 10_000 }).buffer.length;

        const slack = encodedBytes(record) - wire;

        expect(slack).toBeGreaterThanOrEqual(0);
        expect(slack).toBeLessThan(40 + 10 * Object.keys(record.headers).length);
      }),
    );
  });
});

describe('checkSizes', () => {
  const record = { topic: 'directory.users', key: Buffer.from('k'), value: Buffer.alloc(1_000), headers: {} };

  it('accepts a record up to the limit and refuses one byte more', () => {
    const limit = encodedBytes(record) + 61;

    expect(() => checkSizes([record], limit)).not.toThrow();
    expect(() => checkSizes([record], limit - 1)).toThrow(BusError);
  });
});

describe('batchesOf', () => {
  it('keeps every record in order, and each batch within the limit unless one record alone is over it', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.integer({ min: 100, max: 3_000 }), (records, limit) => {
        const batches = batchesOf(records, limit);

        expect(batches.flat()).toEqual(records);
        for (const batch of batches) {
          const total = batch.map(encodedBytes).reduce((sum, size) => sum + size, 0);
          expect(batch.length === 1 || total <= batchRoom(limit)).toBe(true);
        }
      }),
    );
  });

  it('does not begin a batch while the last one has room', () => {
    const records = Array.from({ length: 10 }, () => ({ ...aSmallRecord, partition: 0 }));

    expect(batchesOf(records, 61 + 10 * encodedBytes(aSmallRecord))).toHaveLength(1);
    expect(batchesOf(records, 61 + 9 * encodedBytes(aSmallRecord))).toHaveLength(2);
  });
});

const aSmallRecord = { topic: 't', key: null, value: Buffer.from('small'), headers: {} };
