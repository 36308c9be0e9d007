import { join } from 'node:path';
import { type Bus, createEmbeddedBus, createKafkaBus } from '@learnamp/bus';
import type { Logger } from '@learnamp/service';
import { startMongo } from '@learnamp/testkit';
import type { Closers } from './closers.ts';

/** A database to work with: the one that `MONGODB_URI` names, else a real mongod on the data folder. */
export async function openMongo(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  closers: Closers,
): Promise<string> {
  if (env['MONGODB_URI']) return env['MONGODB_URI'];
  const mongo = await startMongo({ dataDirectory: join(dataFolder, 'mongodb'), log });
  closers.add(() => mongo.stop());
  return mongo.uri('learnamp');
}

/** The bus: Kafka where `KAFKA_BROKERS` names one, else the embedded one on the data folder. */
export function openBus(dataFolder: string, env: NodeJS.ProcessEnv, logger: Logger, closers: Closers): Bus {
  const onFatal = (error: unknown) => {
    logger.fatal({ err: error }, 'the bus failed for good');
    process.exit(1);
  };
  const brokers = env['KAFKA_BROKERS'];
  const bus = brokers
    ? createKafkaBus({
        brokers: brokers.split(','),
        clientId: 'learnamp-local',
        topicPrefix: env['TOPIC_PREFIX'] ?? '',
        publish: 'until-closed',
        logger,
        onFatal,
      })
    : createEmbeddedBus({ directory: join(dataFolder, 'bus'), logger, onFatal });
  closers.add(() => bus.close());
  return bus;
}
