import { createKafkaBus } from '@learnamp/bus';
import { connectMongo } from '@learnamp/mongo';
import {
  createBusMetrics,
  createLogger,
  createMetrics,
  type Logger,
  type Metrics,
  runService,
  startHealthServer,
  startTracing,
} from '@learnamp/service';
import { buildApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { createHomeOf } from './invitations/home-of.ts';
import { createSmtpMail } from './mail/smtp-mail.ts';
import { readSmtpSettings } from './mail/smtp-settings.ts';

const createBus = (config: Config, logger: Logger, metrics: Metrics) =>
  createKafkaBus({
    brokers: config.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    clientId: config.KAFKA_CLIENT_ID,
    topicPrefix: config.TOPIC_PREFIX,
    replicationFactor: config.KAFKA_REPLICATION_FACTOR,
    sessionTimeoutMs: config.KAFKA_SESSION_SECONDS * 1000,
    // What it publishes are dead letters and empty records of who was erased: nothing may be passed over before they are durable.
    publish: 'until-closed',
    logger,
    observer: createBusMetrics(metrics),
    onFatal: (error) => {
      logger.fatal({ err: error }, 'consumer ended for good');
      process.exit(1);
    },
  });

function mailBy(config: Config) {
  if (config.SMTP_URL === undefined) return {};
  const send = createSmtpMail(readSmtpSettings(config.SMTP_URL, config.MAIL_FROM));
  return { mail: { send, homeOf: createHomeOf(config.CENTRAL_ORIGIN, config.ORGANISATION_HOST_SUFFIX) } };
}

await runService(async () => {
  const config = readConfig(process.env);
  const mail = mailBy(config);
  const logger = createLogger('profile-writer', config.LOG_LEVEL);
  const tracing = await startTracing('profile-writer', config, logger);
  const connection = await connectMongo({ uri: config.MONGODB_URI, appName: 'profile-writer' });
  const metrics = createMetrics();
  const bus = createBus(config, logger, metrics);
  const writer = await buildApp({ bus, connection, logger, clock: () => new Date(), ...mail });
  const probes = await startHealthServer(writer.health, { host: config.HOST, port: config.HEALTH_PORT }, metrics);
  const stop = async () => {
    await probes.close();
    await writer.stop();
    await bus.close();
    await connection.close();
    await tracing.stop();
  };
  return { service: { stop }, logger };
});
