import { randomBytes } from 'node:crypto';
import type { Bus } from '@learnamp/bus';
import {
  decodeEvent,
  type GraphNotification,
  graphNotification,
  type KeyRing,
  parseKeyRing,
  topics,
} from '@learnamp/contracts';
import { freePort } from '@learnamp/testkit';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { patientBus } from '../../provisioning/processes/patient-bus.ts';
import { type ServiceProcess, startService } from '../../provisioning/processes/service-process.ts';
import type { Variant } from '../../variants/change-module.ts';
import { variantEnvironment } from '../../variants/variant-environment.ts';
import { theKafka } from '../stage/the-kafka.ts';

/** webhook-ingest in a process of its own, on real Kafka, with a topic that nobody else writes to. */
export interface RunningIngest {
  readonly port: number;
  readonly keys: KeyRing;
  readonly bus: Bus;
  /** The process that runs now. */
  readonly service: ServiceProcess;
  /** Starts it again, on the same port; resolved when it listens. */
  start(): Promise<void>;
  /** Everything that lies in the topic. */
  published(): Promise<GraphNotification[]>;
}

export interface IngestOptions {
  readonly variant?: Variant | undefined;
  /** Where the service looks for brokers, if not where they are. */
  readonly brokers?: string;
}

/** Does something with a webhook-ingest of its own. */
export async function onIngest<Result>(
  { variant, brokers: elsewhere }: IngestOptions,
  act: (ingest: RunningIngest) => Promise<Result>,
): Promise<Result> {
  const [{ brokers }, port] = await Promise.all([theKafka(), freePort()]);
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const ring = `k2:${secret()},k1:${secret()}`;
  const bus = patientBus(brokers, topicPrefix);
  await bus.ensureTopics([topics.graphNotifications]);
  const environment = {
    ...{
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: '0',
      KAFKA_BROKERS: elsewhere ?? brokers,
      TOPIC_PREFIX: topicPrefix,
    },
    ...{ CLIENT_STATE_KEYS: ring, ...variantEnvironment(variant) },
  };
  let service = await listening(environment);
  const start = async () => {
    service = await listening(environment);
  };
  try {
    const keys = parseKeyRing(ring);
    return await act({
      port,
      keys,
      bus,
      get service() {
        return service;
      },
      start,
      published: () => readAll(bus),
    });
  } finally {
    await service.kill();
    await bus.close();
  }
}

const secret = () => randomBytes(32).toString('base64url');

async function listening(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const service = await startService('webhook-ingest', environment);
  await waitFor('webhook-ingest listens', () => {
    if (service.hasEnded()) throw new Error(`webhook-ingest ended\n${service.log()}`);
    return service.log().includes('"listening"');
  });
  return service;
}

async function readAll(bus: Bus): Promise<GraphNotification[]> {
  const found: GraphNotification[] = [];
  for await (const record of bus.read({ topic: topics.graphNotifications.name })) {
    const decoded = decodeEvent([graphNotification], record);
    if (!decoded.ok) throw new Error(`webhook-ingest published what nobody can read: ${decoded.reason}`);
    found.push(decoded.event.data);
  }
  return found;
}
