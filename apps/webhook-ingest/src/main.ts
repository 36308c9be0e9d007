import { createKafkaBus } from '@learnamp/bus';
import { createLogger, createMetrics, runService, startMetricsServer, startTracing } from '@learnamp/service';
import { buildApp } from './app.ts';
import { loadWebhookIngestConfig } from './config.ts';

await runService(async () => {
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
  const app = buildApp({ bus, keys: config.keys, logger, metrics, ...(config.tls ? { tls: config.tls } : {}) });
  const numbers = await startMetricsServer(metrics, { port: config.metricsPort, host: config.host });
  await app.listen({ port: config.port, host: config.host });
  logger.info({ port: config.port, https: config.tls !== undefined }, 'listening');
  return {
    logger,
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
