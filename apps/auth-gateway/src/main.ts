import { createKafkaBus } from '@learnamp/bus';
import { connectMongo } from '@learnamp/mongo';
import { createLogger, createMetrics, runService, startMetricsServer, startTracing } from '@learnamp/service';
import { loadAuthGatewayConfig } from './config.ts';
import { startAuthGateway } from './start.ts';

/** A person waits for the answer: better a 503 than a page that hangs. */
const PUBLISH_PATIENCE = { giveUpAfterMs: 5_000 };

await runService(async (leaving) => {
  const config = loadAuthGatewayConfig(process.env);
  const logger = createLogger('auth-gateway', config.LOG_LEVEL);
  const tracing = await startTracing('auth-gateway', config, logger);
  const connection = await connectMongo({ uri: config.MONGODB_URI, appName: 'auth-gateway' });
  const bus = createKafkaBus({
    brokers: config.KAFKA_BROKERS.split(','),
    clientId: 'auth-gateway',
    publish: PUBLISH_PATIENCE,
    replicationFactor: config.KAFKA_REPLICATION_FACTOR,
    logger,
    onFatal: (err) => {
      logger.fatal({ err }, 'the bus ended');
      process.exit(1);
    },
    ...(config.TOPIC_PREFIX === undefined ? {} : { topicPrefix: config.TOPIC_PREFIX }),
  });
  const metrics = createMetrics();
  const numbers = await startMetricsServer(metrics, { port: config.METRICS_PORT ?? 9464, host: config.HOST });
  const service = await startAuthGateway(config, { bus, connection, logger, metrics, leaving });
  const stop = async () => {
    await service.stop();
    await bus.close();
    await connection.close();
    await numbers.close();
    await tracing.stop();
  };
  return { service: { stop }, logger, drainMs: config.DRAIN_SECONDS * 1000 };
});
