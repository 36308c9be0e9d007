import type { KeyRing } from '@learnamp/contracts';
import { ConfigError, drainSeconds, loadConfig, readKeyRing, TracingVariables } from '@learnamp/service';
import Type from 'typebox';
import type { TlsFiles } from './door/create-door.ts';

/** The environment of webhook-ingest. Each variable may also be given as a file, by `NAME_FILE`. */
const WebhookIngestEnv = Type.Object({
  PORT: Type.Integer({ minimum: 1, maximum: 65_535, default: 3001 }),
  /** Where `/metrics` is, apart from the door: its numbers would tell a forger what became of a forgery. */
  METRICS_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 9464 }),
  HOST: Type.String({ default: '0.0.0.0' }),
  DRAIN_SECONDS: drainSeconds,
  LOG_LEVEL: Type.String({ pattern: '^(trace|debug|info|warn|error|fatal|silent)$', default: 'info' }),
  /** `host:port`, separated by commas. */
  KAFKA_BROKERS: Type.String({ minLength: 1 }),
  TOPIC_PREFIX: Type.Optional(Type.String()),
  /** `id:key,…`, 32 bytes each in base64url: whoever creates subscriptions signs with the first one. */
  CLIENT_STATE_KEYS: Type.String({ minLength: 1 }),
  /** PEM, given by TLS_CERT_FILE and TLS_KEY_FILE. Both or none; without them a proxy in front speaks https. */
  TLS_CERT: Type.Optional(Type.String()),
  TLS_KEY: Type.Optional(Type.String()),
  ...TracingVariables.properties,
});

export interface WebhookIngestConfig {
  readonly port: number;
  readonly metricsPort: number;
  readonly host: string;
  readonly drainMs: number;
  readonly logLevel: string;
  readonly brokers: readonly string[];
  readonly topicPrefix?: string;
  readonly keys: KeyRing;
  readonly tls?: TlsFiles;
  readonly tracing: TracingVariables;
}

/** @throws ConfigError that names every wrong variable and shows no value. */
export function loadWebhookIngestConfig(env: NodeJS.ProcessEnv): WebhookIngestConfig {
  const read = loadConfig(WebhookIngestEnv, env);
  const tls = tlsOf(read.TLS_CERT, read.TLS_KEY);
  return {
    port: read.PORT,
    metricsPort: read.METRICS_PORT,
    host: read.HOST,
    drainMs: read.DRAIN_SECONDS * 1000,
    logLevel: read.LOG_LEVEL,
    brokers: read.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    ...(read.TOPIC_PREFIX === undefined ? {} : { topicPrefix: read.TOPIC_PREFIX }),
    keys: readKeyRing('CLIENT_STATE_KEYS', read.CLIENT_STATE_KEYS),
    ...(tls ? { tls } : {}),
    tracing: read,
  };
}

function tlsOf(cert: string | undefined, key: string | undefined): TlsFiles | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) throw new ConfigError(['TLS_CERT_FILE is missing, and TLS_KEY_FILE is given']);
  if (key === undefined) throw new ConfigError(['TLS_KEY_FILE is missing, and TLS_CERT_FILE is given']);
  return { cert, key };
}
