import { ApplicationVariables, TracingVariables } from '@learnamp/service';
import Type, { type Static } from 'typebox';

/** The environment of directory-sync. */
export const Environment = Type.Object({
  MONGODB_URI: Type.String({ pattern: '^mongodb(\\+srv)?://' }),
  KAFKA_BROKERS: Type.String({ minLength: 1 }),
  TOPIC_PREFIX: Type.String({ default: '' }),
  /** Of the topics that it makes where they are missing. */
  KAFKA_REPLICATION_FACTOR: Type.Integer({ minimum: 1, default: 1 }),
  /** How long a dead process's partitions stay with it; brokers allow 6 and more. */
  KAFKA_SESSION_SECONDS: Type.Integer({ minimum: 6, maximum: 300, default: 30 }),
  ...ApplicationVariables.properties,
  /** The public https address of webhook-ingest. Without it changes follow by timer. */
  NOTIFICATION_URL: Type.Optional(Type.String({ pattern: '^https://' })),
  CLIENT_STATE_KEYS: Type.Optional(Type.String()),
  SEALING_KEYS: Type.String({ minLength: 1 }),
  BLIND_INDEX_KEY: Type.String({ minLength: 1 }),
  FALLBACK_DELTA_MINUTES: Type.Number({ default: 15, minimum: 1, maximum: 15 }),
  /** How long a dead process's work stays with it before another one takes over. */
  LEASE_SECONDS: Type.Integer({ default: 30, minimum: 2, maximum: 300 }),
  WORKERS: Type.Integer({ default: 8, minimum: 1, maximum: 64 }),
  HOST: Type.String({ default: '0.0.0.0' }),
  HEALTH_PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535 }),
  LOG_LEVEL: Type.String({ default: 'info', pattern: '^(trace|debug|info|warn|error|fatal|silent)$' }),
  ...TracingVariables.properties,
});

export type Config = Static<typeof Environment>;
