import { loadConfig } from '@learnamp/service';
import Type, { type Static } from 'typebox';

const Environment = Type.Object({
  /** The replica set, with the database as its path. */
  MONGODB_URI: Type.String({ minLength: 1 }),
  /** `host:port` of brokers, separated by commas. */
  KAFKA_BROKERS: Type.String({ minLength: 1 }),
  KAFKA_CLIENT_ID: Type.String({ minLength: 1, default: 'profile-writer' }),
  /** Replicas of the topics that this service makes. */
  KAFKA_REPLICATION_FACTOR: Type.Integer({ minimum: 1, default: 1 }),
  /** Put before every topic and consumer group, so that several systems can share a broker. */
  TOPIC_PREFIX: Type.String({ default: '' }),
  HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  /** Where the probes are answered; 0 takes a free port. */
  HEALTH_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  LOG_LEVEL: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
});

export type Config = Static<typeof Environment>;

/** @throws ConfigError that names every variable that is missing or wrong, and shows no value. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => loadConfig(Environment, env);
