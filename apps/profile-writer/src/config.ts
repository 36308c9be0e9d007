import { loadConfig, TracingVariables } from '@learnamp/service';
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
  /** How long a dead process's partitions stay with it; brokers allow 6 and more. */
  KAFKA_SESSION_SECONDS: Type.Integer({ minimum: 6, maximum: 300, default: 30 }),
  /** The mail server, `smtp://user:password@host:port` or `smtps://…`; without it invitations wait and there are no notices. */
  SMTP_URL: Type.Optional(Type.String({ minLength: 1 })),
  /** Who sends mails, such as `Learn Amp <no-reply@learnamp.com>`. */
  MAIL_FROM: Type.Optional(Type.String({ minLength: 1 })),
  /** As of auth-gateway: an organisation's home is `{subdomain}.` and this, and has the scheme of CENTRAL_ORIGIN. */
  ORGANISATION_HOST_SUFFIX: Type.String({ pattern: '^[a-z0-9.-]+(:\\d+)?$', default: 'learnamp.com' }),
  CENTRAL_ORIGIN: Type.String({ pattern: '^https?://[^/?#\\s]+$', default: 'https://login.learnamp.com' }),
  HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  /** Where the probes are answered; 0 takes a free port. */
  HEALTH_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  LOG_LEVEL: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  ...TracingVariables.properties,
});

export type Config = Static<typeof Environment>;

/** @throws ConfigError that names every variable that is missing or wrong, and shows no value. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => loadConfig(Environment, env);
