import { ApplicationVariables, drainSeconds, loadConfig, TracingVariables } from '@learnamp/service';
import Type, { type Static } from 'typebox';

const Text = Type.String({ minLength: 1 });
const origin = '^https?://[^/?#\\s]+$';
const proxy = '(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(/\\d{1,3})?)';
const PROXIES = `^(${proxy}(,${proxy})*)?$`;
const Guid = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });

/** The environment of auth-gateway. Each variable may also be given as a file, by `NAME_FILE`. */
const AuthGatewayEnv = Type.Object({
  PORT: Type.Integer({ minimum: 1, maximum: 65_535, default: 3000 }),
  HOST: Type.String({ default: '0.0.0.0' }),
  /** Where `/metrics` is, apart from the door; 9464 unless given. */
  METRICS_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  DRAIN_SECONDS: drainSeconds,
  LOG_LEVEL: Type.String({ default: 'info' }),
  MONGODB_URI: Text,
  /** `host:port`, separated by commas. */
  KAFKA_BROKERS: Text,
  TOPIC_PREFIX: Type.Optional(Type.String()),
  /** Of the topic that it makes where it is missing. */
  KAFKA_REPLICATION_FACTOR: Type.Integer({ minimum: 1, default: 1 }),
  /** An organisation's home is `{subdomain}.` and this, with the port where it isn't the scheme's own. */
  ORGANISATION_HOST_SUFFIX: Type.String({ pattern: '^[a-z0-9.-]+(:\\d+)?$', default: 'learnamp.com' }),
  /** The one origin that Microsoft answers to; homes have its scheme. */
  CENTRAL_ORIGIN: Type.String({ pattern: origin, default: 'https://login.learnamp.com' }),
  ...ApplicationVariables.properties,
  /** PEM private keys for ES256, the current one first; the others only verify. */
  SESSION_SIGNING_KEY: Text,
  /** `id:key,…`, 32 bytes each in base64url, the current one first. */
  SEALING_KEYS: Text,
  BLIND_INDEX_KEY: Text,
  /** The public https address of webhook-ingest; without it changes follow by timer, and the page says so. */
  NOTIFICATION_URL: Type.Optional(Text),
  /** Proxies in front, separated by commas: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`. */
  TRUSTED_PROXIES: Type.String({ pattern: PROXIES, default: '' }),
  /** What one token or session, and one address, may ask of the API; each replica counts by itself. */
  API_REQUESTS_PER_MINUTE: Type.Integer({ minimum: 1, default: 600 }),
  API_REQUESTS_PER_MINUTE_AND_ADDRESS: Type.Integer({ minimum: 1, default: 6_000 }),
  /** The first organisation, made or brought up to date at start. All of these, or none. */
  ORGANISATION_SUBDOMAIN: Type.Optional(Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' })),
  ORGANISATION_NAME: Type.Optional(Text),
  AZURE_TENANT_ID: Type.Optional(Guid),
  AZURE_GROUP_ID: Type.Optional(Guid),
  /** User principal name of the person who becomes Owner at the first sign-in. */
  ORGANISATION_OWNER: Type.Optional(Text),
  ...TracingVariables.properties,
});

export type AuthGatewayConfig = Static<typeof AuthGatewayEnv>;

/** @throws ConfigError that names every wrong variable and shows no value. */
export const loadAuthGatewayConfig = (env: NodeJS.ProcessEnv): AuthGatewayConfig => loadConfig(AuthGatewayEnv, env);
