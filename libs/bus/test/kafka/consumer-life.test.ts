import { randomUUID } from 'node:crypto';
import { setTimeout as timeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RealKafka, startKafka } from '@learnamp/testkit';
import kafkajs, { type PartitionAssigner } from 'kafkajs';
import type { Bus } from '../../src/index.ts';
import { aCollector, aRecord, consume, done, someRecords, topic, valuesOf } from '../contract/fixtures.ts';
import { openBus } from '../support/child-bus.ts';
import { until } from '../support/until.ts';

/** Shares partitions out under a name that the bus does not speak. */
const otherAssigner: PartitionAssigner = (config) => {
  const assigner = kafkajs.PartitionAssigners.roundRobin(config);
  return {
    ...assigner,
    name: 'other',
    protocol: (subscription) => ({ ...assigner.protocol(subscription), name: 'other' }),
  };
};

describe('a consumer on a real broker', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka();
  }, 120_000);
  afterAll(() => kafka.stop(), 60_000);

  interface Scene {
    readonly bus: Bus;
    readonly prefix: string;
    readonly fatal: readonly Error[];
  }

  async function withScene(partitions: number, play: (scene: Scene) => Promise<void>): Promise<void> {
    const prefix = `${randomUUID()}.`;
    const fatal: Error[] = [];
    const address = { kind: 'kafka', brokers: kafka.brokers, prefix } as const;
    const bus = openBus(address, { onFatal: (error) => fatal.push(error) });
    try {
      await bus.ensureTopics([{ name: topic, partitions }]);
      await play({ bus, prefix, fatal });
    } finally {
      await bus.close();
    }
  }

  /** Runs the work while a member of the group is there that the bus cannot agree with. */
  async function besideStranger(prefix: string, work: () => Promise<void>): Promise<void> {
    const client = new kafkajs.Kafka({ brokers: kafka.brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
    const stranger = client.consumer({ groupId: `${prefix}writer`, partitionAssigners: [otherAssigner] });
    let joined = false;
    stranger.on(stranger.events.GROUP_JOIN, () => (joined = true));
    try {
      await stranger.connect();
      await stranger.subscribe({ topics: [`${prefix}${topic}`] });
      await stranger.run({ eachMessage: () => Promise.resolve() });
      await until('the stranger is in the group', () => joined);
      await work();
    } finally {
      await stranger.disconnect();
    }
  }

  it(
    'reports its end when the group refuses it for good',
    () =>
      withScene(1, ({ bus, prefix, fatal }) =>
        besideStranger(prefix, async () => {
          const consumer = await consume(bus, aCollector().handle);

          await until('the end is reported', () => fatal.length > 0);

          expect(fatal).toEqual([expect.objectContaining({ name: 'BusError', code: 'consumer-dead' })]);
          expect(consumer.health().state).toBe('dead');
        }),
      ),
    120_000,
  );

  it(
    'reports nothing when it is stopped',
    () =>
      withScene(1, async ({ bus, fatal }) => {
        const consumer = await consume(bus, aCollector().handle);
        await consumer.stop();

        await bus.close();

        expect(fatal).toEqual([]);
      }),
    120_000,
  );

  it(
    'stays in its group during a batch that takes longer than the session',
    () =>
      withScene(1, async ({ bus }) => {
        await bus.publish(someRecords('acme', 2));
        const handed: string[][] = [];
        await consume(bus, async (records, { signal }) => {
          handed.push(valuesOf(records));
          // The broker's session lasts six seconds here.
          if (handed.length === 1) await timeout(8_000, undefined, { signal });
          return records.map(() => done);
        });
        await until('the long batch began', () => handed.length > 0);

        await bus.publish([aRecord('acme', 'behind')]);

        await until('the record behind it', () => handed.flat().includes('behind'));
        expect(handed).toEqual([['acme-0', 'acme-1'], ['behind']]);
      }),
    120_000,
  );

  it(
    'finishes and commits its batch when another member joins meanwhile',
    () =>
      withScene(4, async ({ bus, prefix }) => {
        await bus.publish(someRecords('acme', 3));
        const handed: string[] = [];
        let asked = false;
        await consume(bus, async (records) => {
          handed.push(...valuesOf(records));
          await until('the other member has asked to join', () => asked);
          return records.map(() => done);
        });
        await until('the batch began', () => handed.length > 0);
        const other = aCollector();

        const joining = consume(bus, other.handle);
        await until('the group makes room', async () => (await groupState(`${prefix}writer`)) === 'PreparingRebalance');
        asked = true;
        await joining;

        const all = (): string[] => [...handed, ...valuesOf(other.seen)];
        await bus.publish([aRecord('acme', 'behind')]);
        await until('the record behind it', () => all().includes('behind'));
        expect(all()).toEqual(['acme-0', 'acme-1', 'acme-2', 'behind']);
      }),
    120_000,
  );

  async function groupState(groupId: string): Promise<string | undefined> {
    const client = new kafkajs.Kafka({ brokers: kafka.brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
    const admin = client.admin();
    await admin.connect();
    try {
      const { groups } = await admin.describeGroups([groupId]);
      return groups[0]?.state;
    } finally {
      await admin.disconnect();
    }
  }
});
