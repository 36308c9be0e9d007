import { createKafkaBus } from '@learnamp/bus';
import { connectMongo } from '@learnamp/mongo';
import { createOrganisations, createSealBox, organisationModel } from '@learnamp/organisations';
import {
  cloudOf,
  ConfigError,
  createBusMetrics,
  createCredentialChoice,
  createLogger,
  createMetrics,
  credentialsOf,
  loadConfig,
  readKeyRing,
  runService,
  startHealthServer,
  startTracing,
  watchExpiry,
} from '@learnamp/service';
import { buildApp, type DirectorySync } from './app.ts';
import { type Config, Environment } from './config.ts';
import { createSyncMetrics } from './metrics/sync-metrics.ts';
import type { SubscriptionSettings } from './subscriptions/keep-subscriptions.ts';

const SERVICE = 'directory-sync';

await runService(async () => {
  const config = loadConfig(Environment, process.env);
  const credentials = credentialsOf(config);
  const subscriptions = subscriptionsOf(config);
  const seals = sealBoxOf(config);
  const logger = createLogger(SERVICE, config.LOG_LEVEL);
  const clock = () => new Date();
  watchExpiry({ credentials, logger, clock, every: (ms, look) => setInterval(look, ms) });

  const tracing = await startTracing(SERVICE, config, logger);
  const metrics = createMetrics();
  const connection = await connectMongo({ uri: config.MONGODB_URI, appName: SERVICE });
  const bus = createKafkaBus({
    brokers: config.KAFKA_BROKERS.split(','),
    clientId: SERVICE,
    topicPrefix: config.TOPIC_PREFIX,
    publish: 'until-closed',
    replicationFactor: config.KAFKA_REPLICATION_FACTOR,
    sessionTimeoutMs: config.KAFKA_SESSION_SECONDS * 1000,
    logger,
    observer: createBusMetrics(metrics),
    onFatal: (error) => {
      logger.fatal({ err: error }, 'the consumer ended for good');
      process.exit(1);
    },
  });
  let app: DirectorySync | null = null;
  // Before anything is worked on: a port in use ends the start.
  const health = await startHealthServer(
    { live: () => app?.health.live() ?? true, ready: async () => (await app?.health.ready()) ?? false },
    { host: config.HOST, port: config.HEALTH_PORT },
    metrics,
  );
  app = await buildApp({
    bus,
    connection,
    organisations: createOrganisations(organisationModel(connection), seals),
    microsoft: {
      ...cloudOf(config),
      clientId: config.AZURE_CLIENT_ID,
      credential: createCredentialChoice(credentials, clock),
    },
    ...(subscriptions ? { subscriptions } : {}),
    logger,
    observer: createSyncMetrics(metrics),
    timings: { deltaEvery: config.FALLBACK_DELTA_MINUTES * 60_000, leaseTtl: config.LEASE_SECONDS * 1000 },
    workers: config.WORKERS,
  });
  return {
    logger,
    service: {
      stop: async () => {
        await health.close();
        await app.stop();
        await bus.close();
        await connection.close();
        await tracing.stop();
      },
    },
  };
});

function subscriptionsOf(config: Config): SubscriptionSettings | undefined {
  if (!config.NOTIFICATION_URL) return undefined;
  if (!config.CLIENT_STATE_KEYS) throw new ConfigError(['CLIENT_STATE_KEYS is missing, which NOTIFICATION_URL needs']);
  return {
    notificationUrl: config.NOTIFICATION_URL,
    clientStateKeys: readKeyRing('CLIENT_STATE_KEYS', config.CLIENT_STATE_KEYS),
  };
}

function sealBoxOf(config: Config) {
  return createSealBox(
    readKeyRing('SEALING_KEYS', config.SEALING_KEYS),
    readKeyRing('BLIND_INDEX_KEY', config.BLIND_INDEX_KEY).current.key,
  );
}
