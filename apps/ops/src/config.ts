import { loadConfig } from '@learnamp/service';
import Type, { type Static } from 'typebox';

/** The environment of the command line, by the same names as the services'. */
const Environment = Type.Object({
  MONGODB_URI: Type.String({ pattern: '^mongodb(\\+srv)?://' }),
  /** `host:port` of brokers, separated by commas. Only commands that ask a service for something need them. */
  KAFKA_BROKERS: Type.Optional(Type.String({ minLength: 1 })),
  /** Where the embedded bus of npm start lives, in its place. Only commands about topics look there. */
  BUS_DIRECTORY: Type.Optional(Type.String({ minLength: 1 })),
  /** As of the services: copies of the topics that `topics apply` makes. */
  KAFKA_REPLICATION_FACTOR: Type.Integer({ minimum: 1, maximum: 100, default: 1 }),
  /** As of auth-gateway. Only commands that store a secret need them. */
  SEALING_KEYS: Type.Optional(Type.String({ minLength: 1 })),
  TOPIC_PREFIX: Type.String({ default: '' }),
});

export type OpsConfig = Static<typeof Environment>;

/** @throws ConfigError that names every variable that is missing or wrong, and shows no value. */
export const loadOpsConfig = (env: NodeJS.ProcessEnv): OpsConfig => loadConfig(Environment, env);
