import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { partitionOf } from '../src/index.ts';

const kafkajsPartition = kafkajs.Partitioners.DefaultPartitioner();

function kafkajsPartitionOf(key: string, count: number): number {
  const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({
    partitionId,
    leader: 0,
    partitionErrorCode: 0,
    replicas: [],
    isr: [],
  }));
  return kafkajsPartition({ topic: 'any', partitionMetadata, message: { key, value: null } });
}

describe('partitionOf', () => {
  it.each([
    // The hashes are those of Utils.murmur2 in Kafka's own UtilsTest, made positive.
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ])('hashes %s as the Java client does', (text, hash) => {
    expect(partitionOf(text, 2 ** 31)).toBe(hash & 0x7fffffff);
  });

  it('agrees with another client on any text and any number of partitions', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 1, max: 50 }), (text, count) => {
        expect(partitionOf(text, count)).toBe(kafkajsPartitionOf(text, count));
      }),
    );
  });

  it('takes a text without a character', () => {
    expect(partitionOf('', 6)).toBeLessThan(6);
  });

  it('spreads organisations over all partitions', () => {
    const used = new Set(Array.from({ length: 200 }, (_, index) => partitionOf(`organisation-${index}`, 12)));

    expect(used.size).toBe(12);
  });
});
