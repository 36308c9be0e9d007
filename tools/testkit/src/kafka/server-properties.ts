/** Where one broker listens and keeps its log. */
export interface BrokerAddress {
  /** From 1. */
  readonly id: number;
  readonly brokerPort: number;
  /** Of every controller of its cluster, by the ids of their brokers from 1. */
  readonly controllerPorts: readonly number[];
  readonly logDirectory: string;
}

/**
 * The settings that make a broker fit for tests, wherever it runs: nothing waits for replicas or for more members,
 * and a topic exists only when somebody created it, as in production.
 */
export const testSettings = {
  'auto.create.topics.enable': 'false',
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '4',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  // A broker that was killed is let in again only when its last session has run out: 9 s by default.
  'broker.heartbeat.interval.ms': '500',
  'broker.session.timeout.ms': '3000',
  // The cleaner's default buffer, 128 MB, is a quarter of this broker's heap.
  'log.cleaner.dedupe.buffer.size': '16777216',
} as const;

/** What of these is otherwise in a cluster: its internal topics have copies as well. */
const copiesOf = (brokers: number) =>
  brokers === 1
    ? {}
    : { 'offsets.topic.replication.factor': `${brokers}`, 'transaction.state.log.replication.factor': `${brokers}` };

/** The `server.properties` of a KRaft broker that is a controller too, on loopback only. */
export function serverProperties({ id, brokerPort, controllerPorts, logDirectory }: BrokerAddress): string {
  const voters = controllerPorts.map((port, index) => `${index + 1}@127.0.0.1:${port}`);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': `${id}`,
    'controller.quorum.voters': voters.join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${brokerPort},CONTROLLER://127.0.0.1:${controllerPorts[id - 1] ?? 0}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${brokerPort}`,
    'log.dirs': logDirectory,
    ...testSettings,
    ...copiesOf(controllerPorts.length),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
