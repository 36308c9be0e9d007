import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Bus } from '@learnamp/bus';
import { createLogger } from '@learnamp/service';
import { type KafkaProxy, startKafkaProxy } from '@learnamp/testkit';
import { patientBus } from '../../provisioning/processes/patient-bus.ts';
import { loadAs } from '../stage/load-as.ts';
import { theKafka } from '../stage/the-kafka.ts';
import { topic } from './senders-log.ts';

/** A bus that reaches the broker by a proxy alone, and one that reaches it directly, with a topic that is theirs. */
export interface BehindProxy {
  readonly bus: Bus;
  readonly direct: Bus;
  readonly proxy: KafkaProxy;
}

const PARTITIONS = 2;

export async function behindProxy<Result>(
  variant: string | undefined,
  act: (buses: BehindProxy) => Promise<Result>,
): Promise<Result> {
  const { brokers } = await theKafka();
  const [host = '', port = ''] = brokers.split(':');
  const proxy = await startKafkaProxy({ host, port: Number(port) });
  const topicPrefix = `f${randomBytes(4).toString('hex')}.`;
  const { createKafkaBus } = (await loadAs('@learnamp/bus', variant)) as typeof import('@learnamp/bus');
  const direct = patientBus(brokers, topicPrefix);
  const bus = createKafkaBus({
    ...{ brokers: brokers.split(','), clientId: 'figures', topicPrefix, publish: 'until-closed' },
    logger: createLogger('figures', 'silent'),
    onFatal: (error) => {
      throw error;
    },
    connection: { socketFactory: ({ onConnect }) => connect(proxy.port, '127.0.0.1', onConnect) },
  });
  try {
    await direct.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
    return await act({ bus, direct, proxy });
  } finally {
    await Promise.all([bus.close(), direct.close()]);
    await proxy.close();
  }
}
