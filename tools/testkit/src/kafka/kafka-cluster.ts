import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Kafka, logLevel, type ITopicMetadata } from 'kafkajs';

import { thisMachine, type Log } from '../environment/machine.ts';
import { until } from '../processes/until.ts';
import type { BrokerFromJars } from './broker-from-jars.ts';
import { startBrokersFromJars } from './kafka-from-jars.ts';

/** One of several brokers. */
export interface KafkaNode {
  readonly id: number;
  /** Ends it as a crash would. Its data stays. */
  kill(): Promise<void>;
  /** Starts it again on its own ports and data. */
  restart(): Promise<void>;
  /** Does nothing more until `goOn`, and keeps its connections. */
  standStill(): void;
  goOn(): void;
}

/** A real Kafka of several brokers, each of which may be broken by itself. */
export interface KafkaCluster {
  /** Comma-separated `host:port`, as `KAFKA_BROKERS` has it. */
  readonly brokers: string;
  readonly nodes: readonly KafkaNode[];
  node(id: number): KafkaNode;
  /** The id of the broker whose controller is the active one, by what the controllers keep on disk. */
  controller(): Promise<number>;
  /** The id of the broker that leads a partition. */
  leaderOf(topic: string, partition: number): Promise<number>;
  /** Resolves when every copy of each partition is in sync. */
  inSync(): Promise<void>;
  /** Ends all of them and removes their data. */
  stop(): Promise<void>;
}

const IN_SYNC_WITHIN_MS = 120_000;

/** Brokers of Apache's jars, which are one cluster; they end when this process ends. */
export async function startKafkaCluster(count: number, log: Log = () => undefined): Promise<KafkaCluster> {
  const brokers = await startBrokersFromJars(thisMachine(), log, count);
  const addresses = brokers.map(({ address }) => address);
  const nodes = brokers.map(nodeOf);
  const client = new Kafka({ clientId: 'testkit', brokers: addresses, logLevel: logLevel.NOTHING });
  return {
    brokers: addresses.join(','),
    nodes,
    node: (id) => {
      const found = nodes.find((node) => node.id === id);
      if (!found) throw new RangeError(`there is no broker ${id}`);
      return found;
    },
    controller: () => activeController(brokers),
    leaderOf: async (topic, partition) => {
      const [found] = await metadataOf(client, [topic]);
      const leader = found?.partitions.find(({ partitionId }) => partitionId === partition)?.leader;
      if (leader === undefined) throw new RangeError(`there is no ${topic}/${partition}`);
      return leader;
    },
    inSync: async () => {
      const areAll = () => metadataOf(client).then(allInSync, () => undefined);
      if (!(await until(areAll, { timeoutMs: IN_SYNC_WITHIN_MS }))) throw new Error('copies were not in sync in time');
    },
    stop: async () => {
      await Promise.all(brokers.map((broker) => broker.remove()));
    },
  };
}

const nodeOf = (broker: BrokerFromJars): KafkaNode => ({
  id: broker.id,
  kill: () => broker.kill(),
  restart: () => broker.restart(),
  standStill: () => void process.kill(broker.pid, 'SIGSTOP'),
  goOn: () => void process.kill(broker.pid, 'SIGCONT'),
});

async function metadataOf(client: Kafka, topics?: string[]): Promise<ITopicMetadata[]> {
  const admin = client.admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    return (await admin.fetchTopicMetadata(topics && { topics })).topics;
  } finally {
    await admin.disconnect();
  }
}

const allInSync = (topics: readonly ITopicMetadata[]): true | undefined =>
  topics.every(({ partitions }) => partitions.every(({ isr, replicas }) => isr.length === replicas.length)) ||
  undefined;

interface QuorumState {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

/** Each controller writes down whom it takes for the leader; the newest epoch is right. */
async function activeController(brokers: readonly BrokerFromJars[]): Promise<number> {
  const states = await Promise.all(
    brokers.map(async ({ folder }) => {
      const text = await readFile(join(folder, 'log', '__cluster_metadata-0', 'quorum-state'), 'utf8');
      return JSON.parse(text) as QuorumState;
    }),
  );
  const led = states.filter(({ leaderId }) => leaderId > 0).sort((one, other) => other.leaderEpoch - one.leaderEpoch);
  const [newest] = led;
  if (!newest) throw new Error('no controller is active');
  return newest.leaderId;
}
