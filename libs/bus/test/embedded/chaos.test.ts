import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bus, type BusRecord, type ChaosOptions, createEmbeddedBus } from '../../src/index.ts';
import { createChaos } from '../../src/embedded/chaos.ts';
import { aCollector, someRecords, topic, valuesOf } from '../contract/fixtures.ts';
import { withTemporaryDirectory } from '../support/embedded-system.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { until } from '../support/until.ts';

const names = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];
const published = names.flatMap((name) => someRecords(name, 40));

function openBus(directory: string, chaos?: ChaosOptions): Bus {
  const fail = (error: Error): void => {
    throw error;
  };
  const options = { directory, logger: silentLogger, onFatal: fail };
  return createEmbeddedBus(chaos === undefined ? options : { ...options, chaos });
}

/** All that a group was handed, in order. */
async function handedOver(chaos?: ChaosOptions): Promise<BusRecord[]> {
  return withTemporaryDirectory(async (directory) => {
    const bus = openBus(directory, chaos);
    await bus.ensureTopics([{ name: topic, partitions: 4 }]);
    for (let start = 0; start < published.length; start += 10) await bus.publish(published.slice(start, start + 10));
    const collector = aCollector();
    await bus.consume({ groupId: 'writer', topics: [topic], handle: collector.handle });
    await until('everything was handed over', () => new Set(valuesOf(collector.seen)).size === published.length);
    await bus.close();
    return collector.seen;
  });
}

/** The values of one organisation in the order of their first appearance. */
function firstSeen(records: readonly BusRecord[], name: string): string[] {
  return [...new Set(valuesOf(records).filter((value) => value.startsWith(`${name}-`)))];
}

describe('chaos', () => {
  it('duplicates, yet loses nothing and keeps the order within an organisation', async () => {
    const records = await handedOver({ seed: 7, duplicates: 0.3, maxDelayMs: 2 });

    expect(records.length).toBeGreaterThan(published.length);
    for (const name of names) {
      expect(firstSeen(records, name)).toEqual(someRecords(name, 40).map(({ value }) => String(value)));
    }
  });

  it('repeats a record under a new offset and hands the same offset over again', async () => {
    const records = await handedOver({ seed: 11, duplicates: 0.3, maxDelayMs: 2 });

    const places = records.map(({ partition, offset }) => `${partition}/${String(offset)}`);
    expect(new Set(places).size).toBeGreaterThan(published.length);
    expect(places.length).toBeGreaterThan(new Set(places).size);
  });

  it('lets partitions overtake each other', () => {
    const chaos = createChaos({ seed: 3 });

    const turns = Array.from({ length: 100 }, () => chaos.nextInLine(4));

    expect(new Set(turns)).toEqual(new Set([0, 1, 2, 3]));
  });

  it('is absent unless asked for', async () => {
    const records = await handedOver();

    expect(records).toHaveLength(published.length);
  });

  it('takes the same decisions for the same seed and others for another', () => {
    const decisions = (seed: number): unknown[] => {
      const chaos = createChaos({ seed });
      return Array.from({ length: 50 }, () => [chaos.redelivers(), chaos.delayMs(), chaos.batchSize(500)]);
    };

    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(decisions(seed)).toEqual(decisions(seed));
        expect(decisions(seed)).not.toEqual(decisions(seed + 1));
      }),
    );
  });

  it('never asks for an impossible batch or turn', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 500 }), (seed, bound) => {
        const chaos = createChaos({ seed });

        expect(chaos.batchSize(bound)).toBeGreaterThanOrEqual(1);
        expect(chaos.batchSize(bound)).toBeLessThanOrEqual(bound);
        expect(chaos.nextInLine(bound)).toBeLessThan(bound);
      }),
    );
  });
});
