import { randomBytes } from 'node:crypto';
import type { Bus } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { connectMongo } from '@learnamp/mongo';
import type { Connection } from 'mongoose';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { patientBus } from '../../provisioning/processes/patient-bus.ts';
import { type ServiceProcess, startService } from '../../provisioning/processes/service-process.ts';
import { variantEnvironment } from '../../variants/variant-environment.ts';
import { theKafka } from '../stage/the-kafka.ts';
import { theMongo } from '../stage/the-mongo.ts';
import { variantOf } from '../variants.ts';
import { Applied } from './applied.ts';
import { GroupOffsets } from './group-offsets.ts';

/** profile-writer as production runs it: processes that share the partitions, real Kafka, real MongoDB. */
export interface RunningWriters {
  /** Brokers, past the services. */
  readonly bus: Bus;
  readonly connection: Connection;
  /** What the writers have applied so far, as MongoDB tells of it. */
  readonly applied: Applied;
  readonly offsets: GroupOffsets;
  /** Those that were started, and neither killed nor stopped. */
  readonly running: ReadonlySet<ServiceProcess>;
  /** Starts one more. */
  start(): Promise<ServiceProcess>;
  kill(one: ServiceProcess): Promise<void>;
  stop(one: ServiceProcess): Promise<void>;
}

export interface WritersOptions {
  readonly count: number;
  readonly variant?: string | undefined;
  /** A MongoDB of the row's own, with its database. */
  readonly mongoUri?: string;
}

/** Does something with writers of its own, on topics and a database of their own. */
export async function onWriters<Result>(
  { count, variant, mongoUri }: WritersOptions,
  act: (writers: RunningWriters) => Promise<Result>,
): Promise<Result> {
  const { brokers } = await theKafka();
  const uri = mongoUri ?? (await theMongo()).uri();
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const bus = patientBus(brokers, topicPrefix);
  const connection = await connectMongo({ uri, appName: 'figures-writers' });
  await bus.ensureTopics(Object.values(topics));
  const applied = await Applied.watch(connection);
  const offsets = await GroupOffsets.open(brokers, topicPrefix);
  const environment = {
    ...{ HOST: '127.0.0.1', HEALTH_PORT: '0', MONGODB_URI: uri, KAFKA_BROKERS: brokers, TOPIC_PREFIX: topicPrefix },
    ...{ KAFKA_SESSION_SECONDS: '6', ...variantEnvironment(variantOf(variant)) },
  };
  const running = new Set<ServiceProcess>();
  const start = async () => {
    const service = await started(environment);
    running.add(service);
    return service;
  };
  const end = (how: 'kill' | 'stop') => async (one: ServiceProcess) => {
    running.delete(one);
    await one[how]();
  };
  try {
    await Promise.all(Array.from({ length: count }, start));
    return await act({ bus, connection, applied, offsets, running, start, kill: end('kill'), stop: end('stop') });
  } finally {
    await Promise.all([...running].map((service) => service.kill()));
    await applied.close();
    await offsets.close();
    await bus.close();
    await connection.dropDatabase();
    await connection.close();
  }
}

async function started(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const service = await startService('profile-writer', environment);
  await waitFor('profile-writer is started', () => {
    if (service.hasEnded()) throw new Error(`profile-writer ended\n${service.log()}`);
    return service.log().includes('profile-writer started');
  });
  return service;
}
