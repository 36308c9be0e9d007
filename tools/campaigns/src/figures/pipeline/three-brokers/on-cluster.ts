import { randomBytes } from 'node:crypto';
import type { Bus } from '@learnamp/bus';
import { createLogger } from '@learnamp/service';
import { type KafkaCluster, startKafkaCluster } from '@learnamp/testkit';
import { topic } from '../acknowledged/senders-log.ts';
import { loadAs } from '../stage/load-as.ts';

export const BROKERS = 3;
const PARTITIONS = 3;

let cluster: Promise<KafkaCluster> | undefined;

/** Several brokers, and a bus as production has it, with a topic that is its own. */
export interface OnCluster {
  readonly cluster: KafkaCluster;
  readonly bus: Bus;
  /** The topic's name at the brokers. */
  readonly name: string;
  readonly partitions: number;
}

/** Does something with the cluster of all rows of this process; it ends with the process. */
export async function onCluster<Result>(
  variant: string | undefined,
  act: (stage: OnCluster) => Promise<Result>,
): Promise<Result> {
  const started = await (cluster ??= startKafkaCluster(BROKERS));
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const { createKafkaBus } = (await loadAs('@learnamp/bus', variant)) as typeof import('@learnamp/bus');
  const bus = createKafkaBus({
    ...{ brokers: started.brokers.split(','), clientId: 'figures', topicPrefix, publish: 'until-closed' },
    replicationFactor: BROKERS,
    logger: createLogger('figures', 'silent'),
    onFatal: (error) => {
      throw error;
    },
  });
  try {
    await bus.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
    return await act({ cluster: started, bus, name: `${topicPrefix}${topic}`, partitions: PARTITIONS });
  } finally {
    await bus.close();
  }
}
