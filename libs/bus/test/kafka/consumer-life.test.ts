import { randomUUID } from 'node:crypto';
import { setTimeout as timeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RealKafka, startKafka } from '@learnamp/testkit';
import kafkajs from 'kafkajs';
import { openBus } from '../support/child-bus.ts';
import { until } from '../support/until.ts';
import { aCollector, aRecord, consume, done, someRecords, topic, valuesOf } from '../contract/fixtures.ts';

describe('a consumer on a real broker', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka();
  }, 120_000);
  afterAll(() => kafka.stop());

  const anAddress = (): { kind: 'kafka'; brokers: string; prefix: string } => ({
    kind: 'kafka',
    brokers: kafka.brokers,
    prefix: `${randomUUID()}.`,
  });

  it('reports its end when the group refuses it for good', async () => {
    const address = anAddress();
    const fatal: Error[] = [];
    const bus = openBus(address, { onFatal: (error) => fatal.push(error) });
    await bus.ensureTopics([{ name: topic, partitions: 1 }]);
    // A member that shares out partitions in a way that the bus does not speak.
    const { roundRobin } = kafkajs.PartitionAssigners;
    const stranger = new kafkajs.Kafka({ brokers: [kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).consumer({
      groupId: `${address.prefix}writer`,
      partitionAssigners: [
        (config) => {
          const assigner = roundRobin(config);
          const protocol = (subscription: { topics: string[] }) => ({
            ...assigner.protocol(subscription),
            name: 'other',
          });
          return { ...assigner, name: 'other', protocol };
        },
      ],
    });
    await stranger.connect();
    await stranger.subscribe({ topics: [`${address.prefix}${topic}`] });
    await stranger.run({ eachMessage: () => Promise.resolve() });

    const consumer = await consume(bus, aCollector().handle);

    await until('the end is reported', () => fatal.length > 0);
    expect(fatal).toEqual([expect.objectContaining({ name: 'BusError', code: 'consumer-dead' })]);
    expect(consumer.health().state).toBe('dead');
    await stranger.disconnect();
    await bus.close();
  }, 120_000);

  it('reports nothing when it is stopped', async () => {
    const fatal: Error[] = [];
    const bus = openBus(anAddress(), { onFatal: (error) => fatal.push(error) });
    await bus.ensureTopics([{ name: topic, partitions: 1 }]);

    const consumer = await consume(bus, aCollector().handle);
    await consumer.stop();
    await bus.close();

    expect(fatal).toEqual([]);
  }, 120_000);

  it('stays in its group during a batch that takes longer than the session', async () => {
    const bus = openBus(anAddress());
    await bus.ensureTopics([{ name: topic, partitions: 1 }]);
    await bus.publish(someRecords('acme', 2));
    const handed: string[][] = [];
    const consumer = await consume(bus, async (records, { signal }) => {
      handed.push(valuesOf(records));
      // The broker's session lasts six seconds here.
      if (handed.length === 1) await timeout(8_000, undefined, { signal });
      return records.map(() => done);
    });
    await until('the long batch began', () => handed.length > 0);

    await bus.publish([aRecord('acme', 'behind')]);

    await until('the record behind it', () => handed.flat().includes('behind'));
    await consumer.stop();
    await bus.close();
    expect(handed).toEqual([['acme-0', 'acme-1'], ['behind']]);
  }, 120_000);

  it('finishes and commits its batch when another member joins meanwhile', async () => {
    const bus = openBus(anAddress());
    await bus.ensureTopics([{ name: topic, partitions: 4 }]);
    await bus.publish(someRecords('acme', 3));
    const handed: string[] = [];
    let joined = false;
    const first = await consume(bus, async (records) => {
      handed.push(...valuesOf(records));
      await until('the other member has asked to join', () => joined);
      return records.map(() => done);
    });
    await until('the batch began', () => handed.length > 0);
    const other = aCollector();

    const joining = consume(bus, other.handle);
    await timeout(3_000);
    joined = true;
    const second = await joining;

    await bus.publish([aRecord('acme', 'behind')]);
    await until('the record behind it', () => [...handed, ...valuesOf(other.seen)].includes('behind'));
    await Promise.all([first.stop(), second.stop()]);
    await bus.close();
    expect([...handed, ...valuesOf(other.seen)]).toEqual(['acme-0', 'acme-1', 'acme-2', 'behind']);
  }, 120_000);
});
