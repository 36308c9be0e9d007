import { randomUUID } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';

import { startKafkaCluster, type KafkaCluster } from '../../src/kafka/kafka-cluster.ts';
import { startKafka } from '../../src/kafka/start-kafka.ts';
import type { RealKafka } from '../../src/kafka/real-kafka.ts';
import { bareMachine, type BareMachine } from '../support/bare-machine.ts';

describe('startKafka', () => {
  let kafka: RealKafka;

  beforeAll(async () => {
    kafka = await startKafka({ own: true });
  }, 300_000);

  afterAll(() => kafka.stop());

  function client(): Kafka {
    return new Kafka({ clientId: 'test', brokers: kafka.brokers.split(','), logLevel: logLevel.NOTHING });
  }

  it('takes a record and gives it back, also after it was killed and restarted', async () => {
    const topic = await aTopic(client());
    await send(client(), topic, 'before the crash');

    await kafka.kill();
    await kafka.restart();
    await send(client(), topic, 'after the crash');

    expect(await firstRecords(client(), topic, 2)).toEqual(['before the crash', 'after the crash']);
  }, 120_000);

  it('makes no topic by itself', async () => {
    const missing = `missing-${randomUUID()}`;

    await expect(send(client(), missing, 'lost', { retries: 0 })).rejects.toThrow(/does not host this topic-partition/);

    expect(await topics(client())).not.toContain(missing);
  }, 60_000);
});

describe('startKafkaCluster', () => {
  let cluster: KafkaCluster;

  beforeAll(async () => {
    cluster = await startKafkaCluster(3);
  }, 300_000);

  afterAll(() => cluster.stop());

  it('keeps what all copies have when a leader, which is a controller too, dies and comes back', async () => {
    const kafka = new Kafka({ clientId: 'test', brokers: cluster.brokers.split(','), logLevel: logLevel.NOTHING });
    const topic = await aTopic(kafka, 3);
    await send(kafka, topic, 'before the crash');
    const leader = await cluster.leaderOf(topic, 0);

    await cluster.node(leader).kill();
    await send(kafka, topic, 'while it is away');
    const another = await cluster.leaderOf(topic, 0);
    await cluster.node(leader).restart();
    await cluster.inSync();

    expect(another).not.toBe(leader);
    expect(await firstRecords(kafka, topic, 2)).toEqual(['before the crash', 'while it is away']);
    expect(cluster.nodes.map(({ id }) => id)).toContain(await cluster.controller());
  }, 300_000);
});

describe('startKafka where nothing is installed', () => {
  let machine: BareMachine;

  afterEach(() => machine.remove());

  it('names all three ways and what to install when there is neither Docker nor Java', async () => {
    machine = await bareMachine();

    const failure = startKafka({ machine });

    await expect(failure).rejects.toMatchObject({ code: 'kafka-unavailable' });
    await expect(failure).rejects.toThrow(/1\. KAFKA_BROKERS: not set/);
    await expect(failure).rejects.toThrow(/2\. Testcontainers: no Docker engine is there/);
    await expect(failure).rejects.toThrow(/3\. .*no java on the PATH; install Java 17 .*apt-get install openjdk-17/);
  });

  it('says which Java is too old', async () => {
    machine = await bareMachine();
    const java = join(machine.programs, 'java');
    await writeFile(java, '#!/bin/sh\necho \'openjdk version "1.8.0_292"\' >&2\n');
    await chmod(java, 0o755);

    await expect(startKafka({ machine })).rejects.toThrow(`${java} is Java 8; install Java 17`);
  });

  it('fails instead of starting another broker when nobody answers at KAFKA_BROKERS', async () => {
    machine = await bareMachine({}, { KAFKA_BROKERS: '127.0.0.1:9' });

    await expect(startKafka({ machine })).rejects.toThrow(/KAFKA_BROKERS is set, but no broker answers there/);
  }, 30_000);
});

describe('a broker that KAFKA_BROKERS names', () => {
  it('is used, and is not ours to kill', async () => {
    const brokers = process.env['KAFKA_BROKERS'];
    const own = brokers === undefined ? await startKafka({ own: true }) : undefined;
    const machine = await bareMachine({}, { KAFKA_BROKERS: brokers ?? own?.brokers });

    const given = await startKafka({ machine });

    await expect(given.kill()).rejects.toMatchObject({ code: 'kafka-not-ours' });
    await given.stop();
    expect(await topics(new Kafka({ brokers: given.brokers.split(','), logLevel: logLevel.NOTHING }))).toBeInstanceOf(
      Array,
    );
    await own?.stop();
    await machine.remove();
  }, 120_000);
});

async function aTopic(kafka: Kafka, replicationFactor = 1): Promise<string> {
  const topic = `test-${randomUUID()}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor }], waitForLeaders: true });
  await admin.disconnect();
  return topic;
}

async function topics(kafka: Kafka): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  const names = await admin.listTopics();
  await admin.disconnect();
  return names;
}

async function send(kafka: Kafka, topic: string, value: string, retry?: { retries: number }): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: true, ...(retry && { retry }) });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ value }] });
  } finally {
    await producer.disconnect();
  }
}

async function firstRecords(kafka: Kafka, topic: string, count: number): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: randomUUID() });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const eachMessage = ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      values.push(message.value?.toString() ?? '');
      if (values.length === count) resolve();
      return Promise.resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
}
