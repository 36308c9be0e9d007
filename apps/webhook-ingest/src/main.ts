import { type BrokerBus, BusError, createKafkaBus } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import {
  createLogger,
  createMetrics,
  type Logger,
  runService,
  startMetricsServer,
  startTracing,
} from '@learnamp/service';
import { buildApp } from './app.ts';
import { loadWebhookIngestConfig } from './config.ts';

/** The first notifications are not to wait for a connection. Without brokers it listens all the same: Graph wants an answer. */
const PREPARE = { giveUpAfterMs: 3_000 };

await runService(async (leaving) => {
  const config = loadWebhookIngestConfig(process.env);
  const logger = createLogger('webhook-ingest', config.logLevel);
  const tracing = await startTracing('webhook-ingest', config.tracing, logger);
  const bus = createKafkaBus({
    brokers: config.brokers,
    clientId: 'webhook-ingest',
    // Shorter than the door waits: Graph resends what was refused, and nothing may pile up here.
    publish: { giveUpAfterMs: 1_900 },
    logger,
    onFatal: (error) => logger.fatal({ err: error }, 'the bus failed for good'),
    ...(config.topicPrefix === undefined ? {} : { topicPrefix: config.topicPrefix }),
  });
  const metrics = createMetrics();
  const tls = config.tls ? { tls: config.tls } : {};
  const app = buildApp({ bus, keys: config.keys, logger, metrics, leaving, ...tls });
  const numbers = await startMetricsServer(metrics, { port: config.metricsPort, host: config.host });
  await prepare(bus, logger);
  await app.listen({ port: config.port, host: config.host });
  logger.info({ port: config.port, https: config.tls !== undefined }, 'listening');
  return {
    logger,
    drainMs: config.drainMs,
    service: {
      stop: async () => {
        await app.close();
        await bus.close();
        await numbers.close();
        await tracing.stop();
      },
    },
  };
});

async function prepare(bus: BrokerBus, logger: Logger): Promise<void> {
  try {
    await bus.prepare([topics.graphNotifications.name], PREPARE);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    logger.warn({ reason: error.code }, 'no bus yet');
  }
}
