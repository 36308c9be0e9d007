import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthGatewayConfig } from '@learnamp/auth-gateway';
import { type Bus, createEmbeddedBus, createKafkaBus } from '@learnamp/bus';
import { connectMongo } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import { exchange, type FakeOp, freePort } from '@learnamp/testkit';
import { type Ground, theGround } from './ground.ts';
import { loadGateway } from './load-gateway.ts';
import { type Route, routesOf } from './routes.ts';

/** auth-gateway on a port of this machine, as it is or as a variant has it. */
export interface Stage extends Ground {
  /** The origin that Microsoft answers to. */
  readonly central: string;
  readonly bus: Bus;
  /** What the gateway's router has. */
  readonly routes: readonly Route[];
  homeOf(subdomain: string): string;
  /** Lets time pass for this whole process: the service, its libraries, the provider and the browsers, all at once. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export const CLIENT_ID = '0b9c5e1a-7d43-4d0e-8f55-2f1c6f9e7a02';
export const CLIENT_SECRET = 'a-secret-of-the-client';

const loggerOf = ({ onLog }: StageOptions) =>
  onLog ? createLogger('auth-gateway', 'trace', { write: onLog }) : createLogger('figures', 'silent');

/** Whoever hears nothing of MongoDB for a while takes it for lost, and time passes quickly here. */
const HEARTBEAT = 'heartbeatFrequencyMS=500';

const systemNow = Date.now;
let aheadMs = 0;

function pass(seconds: number): void {
  aheadMs += seconds * 1000;
  Date.now = () => systemNow() + aheadMs;
}

/** Waits until the service at this origin can serve. */
export async function untilReady(origin: string): Promise<void> {
  while ((await exchange('GET', `${origin}/health/ready`, {})).status !== 200) await sleep(20);
}

export interface StageOptions {
  /** Real Kafka, `host:port`; without it the bus is a folder. */
  readonly brokers?: string;
  /** Put before the names of topics and consumer groups; else it is drawn. */
  readonly topicPrefix?: string;
  /** Gets what the service logs, all of it. */
  readonly onLog?: (line: string) => void;
  /** A database, a provider and keys of its own, where others' organisations would be in the way. */
  readonly ground?: Ground;
  /** An OpenID provider of its own. */
  readonly op?: FakeOp;
  /** Of the service's configuration, what is not as usual. */
  readonly config?: Partial<AuthGatewayConfig>;
}

/** Does something on a stage of its own. */
export async function onStage<Result>(
  variant: string | undefined,
  act: (stage: Stage) => Promise<Result>,
  options: StageOptions = {},
) {
  const stage = await setTheStage(variant, options);
  try {
    return await act(stage);
  } finally {
    await stage.close();
  }
}

/** Starts the service; whoever asked for it closes it. */
export async function setTheStage(variant: string | undefined, options: StageOptions): Promise<Stage> {
  const [shared, port] = await Promise.all([options.ground ?? theGround(), freePort()]);
  const ground = { ...shared, op: options.op ?? shared.op };
  const connection = await connectMongo({ uri: `${ground.uri}&${HEARTBEAT}`, appName: 'figures-gateway' });
  const directory = await mkdtemp(join(tmpdir(), 'learnamp-figures-'));
  const bus = openBus(directory, options);
  const logger = loggerOf(options);
  const config = { ...configOf(ground, port), ...options.config };
  const { startAuthGateway } = await loadGateway(variant);
  // By `Date.now`, which `pass` turns forward.
  const clock = () => new Date(Date.now());
  const { result: gateway, routes } = await routesOf(() =>
    startAuthGateway(config, { bus, connection, logger, clock }),
  );
  return {
    ...ground,
    bus,
    routes,
    central: config.CENTRAL_ORIGIN,
    homeOf: (subdomain) => `http://${subdomain}.${config.ORGANISATION_HOST_SUFFIX}`,
    pass: async (seconds) => {
      pass(seconds);
      await untilReady(config.CENTRAL_ORIGIN);
    },
    close: async () => {
      await gateway.stop();
      await bus.close();
      await connection.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const onFatal = (error: unknown) => {
  throw error;
};

function openBus(directory: string, options: StageOptions): Bus {
  const { brokers, topicPrefix = `f${randomBytes(4).toString('hex')}.` } = options;
  const logger = loggerOf(options);
  if (brokers === undefined) return createEmbeddedBus({ directory, logger, onFatal });
  // As patient as the service's own.
  const about = { clientId: 'figures', topicPrefix, publish: { giveUpAfterMs: 5_000 }, logger, onFatal } as const;
  return createKafkaBus({ brokers: brokers.split(','), ...about });
}

const configOf = ({ keys, op, uri }: Ground, port: number): AuthGatewayConfig => ({
  PORT: port,
  HOST: '127.0.0.1',
  DRAIN_SECONDS: 0,
  LOG_LEVEL: 'silent',
  MONGODB_URI: uri,
  KAFKA_BROKERS: '',
  KAFKA_REPLICATION_FACTOR: 1,
  ORGANISATION_HOST_SUFFIX: `localhost:${port}`,
  CENTRAL_ORIGIN: `http://localhost:${port}`,
  AZURE_CLIENT_ID: CLIENT_ID,
  AZURE_CLIENT_SECRET: CLIENT_SECRET,
  ENTRA_AUTHORITY_HOST: op.url,
  SESSION_SIGNING_KEY: keys.signing,
  SEALING_KEYS: keys.sealing,
  BLIND_INDEX_KEY: keys.blindIndex,
  TRUSTED_PROXIES: '',
  // Its rows ask a lot, all of them from one address.
  API_REQUESTS_PER_MINUTE: 1_000_000,
  API_REQUESTS_PER_MINUTE_AND_ADDRESS: 1_000_000,
});
