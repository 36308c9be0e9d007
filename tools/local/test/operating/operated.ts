import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { createKafkaBus, type OperatorBus, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { openSurroundings, runCommandLine } from '@learnamp/ops';
import { organisationModel } from '@learnamp/organisations';
import { buildApp, type ProfileWriter } from '@learnamp/profile-writer';
import { createLogger } from '@learnamp/service';
import { startKafka, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { eventually } from '../system/eventually.ts';

const silent = createLogger('test', 'silent');

/** profile-writer on real Kafka and MongoDB, and an operator beside it. */
export interface Operated {
  readonly connection: Connection;
  readonly bus: OperatorBus;
  /** Two organisations that share a partition. */
  readonly organisations: readonly [string, string];
  startWriter(): Promise<void>;
  stopWriter(): Promise<void>;
  /** Waits until the writer has decided all that is in its topics. */
  caughtUp(): Promise<void>;
  /** Runs a command; fails where it doesn't end with 0. */
  ops(command: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startOperated(): Promise<Operated> {
  const [mongo, kafka] = await Promise.all([startMongo(), startKafka()]);
  const uri = mongo.uri();
  const connection = await connectMongo({ uri, appName: 'operated' });
  const topicPrefix = `${randomUUID()}.`;
  const bus = createKafkaBus({
    ...{ brokers: kafka.brokers.split(','), topicPrefix, clientId: 'operated', publish: 'until-closed' },
    ...{ logger: silent, onFatal: () => undefined, sessionTimeoutMs: 6000 },
  });
  await bus.ensureTopics(Object.values(topics));
  const organisations = ['acme', neighbourOf('acme')] as const;
  for (const _id of organisations) await organisationModel(connection).create({ _id, subdomain: _id, name: _id });
  await ensureIndexes(connection);
  const env = { MONGODB_URI: uri, KAFKA_BROKERS: kafka.brokers, TOPIC_PREFIX: topicPrefix };
  let writer: ProfileWriter | undefined;
  return {
    ...{ connection, bus, organisations },
    startWriter: async () => {
      writer = await buildApp({ bus, connection, logger: silent, clock: () => new Date() });
    },
    stopWriter: async () => {
      await writer?.stop();
      writer = undefined;
    },
    caughtUp: async () => {
      await eventually('everything is decided', async () => ((await isCaughtUp(bus)) ? true : undefined), 60_000);
    },
    ops: (command) => runOps(command, env),
    stop: async () => {
      await writer?.stop();
      await bus.close();
      await connection.close();
      await Promise.all([mongo.stop(), kafka.stop()]);
    },
  };
}

const written = [topics.directoryUsers, topics.directoryPhotos, topics.learnerCommands];

async function isCaughtUp(bus: OperatorBus): Promise<boolean> {
  for (const { name, consumerGroup } of written) {
    const [topic] = await bus.describeTopics([name]);
    const { positions } = await bus.describeGroup(consumerGroup, name);
    const next = new Map(positions.map((position) => [position.partition, position.next]));
    if (topic?.partitions.some(({ partition, low, high }) => (next.get(partition) ?? low) < high)) return false;
  }
  return true;
}

function neighbourOf(organisationId: string): string {
  const partition = partitionOf(organisationId, topics.directoryUsers.partitions);
  const names = Array.from({ length: 200 }, (_, number) => `globex${number}`);
  return names.find((name) => partitionOf(name, topics.directoryUsers.partitions) === partition) ?? '';
}

async function runOps(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const said = { out: '', err: '' };
  const terminal = { input: new PassThrough(), err: new PassThrough() };
  const code = await runCommandLine(command.split(' '), {
    open: () => openSurroundings(env, terminal, new AbortController().signal),
    out: (text) => (said.out += `${text}\n`),
    err: (text) => (said.err += `${text}\n`),
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.err}${said.out}`);
  return said.out;
}
