import { describe, expect, it } from '@jest/globals';
import { BusError, createEmbeddedReader } from '../../src/index.ts';
import { aRecord, collectUntil, partitions, topic, withBus } from '../contract/fixtures.ts';
import { withEmbeddedSystem, withTemporaryDirectory } from '../support/embedded-system.ts';

const directoryOf = (address: { readonly kind: string; readonly directory?: string }) => address.directory ?? '';

describe('a reader of the embedded bus', () => {
  it('sees what is published beside it, and that somebody has the bus', () =>
    withEmbeddedSystem(async (system) => {
      let reader: ReturnType<typeof createEmbeddedReader> | undefined;
      await withBus(system, async (bus) => {
        reader = createEmbeddedReader(directoryOf(system.address));
        await bus.publish([aRecord('acme', 'first')]);
        const values = [];
        for await (const { value } of reader.read({ topic })) values.push(String(value));
        expect(values).toEqual(['first']);

        await collectUntil(bus, 'first');
        const { members, positions } = await reader.describeGroup('writer', topic);
        expect(members).toBe(1);
        expect(positions.filter(({ next }) => next === 1n)).toHaveLength(1);
        expect((await reader.describeTopics([topic]))[0]?.partitions).toHaveLength(partitions);
      });

      expect((await reader?.describeGroup('writer', topic))?.members).toBe(0);
      await reader?.close();
    }));

  it('refuses a folder without a bus, and makes none there', () =>
    withTemporaryDirectory(async (directory) => {
      expect(() => createEmbeddedReader(directory)).toThrow(BusError);
      expect(() => createEmbeddedReader(directory)).toThrow('there is no embedded bus');
      return Promise.resolve();
    }));
});
