import { thisMachine, type Log, type Machine } from '../environment/machine.ts';
import { reasonOf, TestkitError } from '../testkit-error.ts';
import { awaitBroker } from './await-broker.ts';
import { startKafkaInContainer } from './kafka-from-container.ts';
import { startKafkaFromJars } from './kafka-from-jars.ts';
import type { RealKafka } from './real-kafka.ts';

export interface StartKafkaOptions {
  readonly log?: Log;
  /** Starts a broker of its own even where `KAFKA_BROKERS` names one: for a test that kills it. */
  readonly own?: boolean;
  readonly machine?: Machine;
}

const ways = [
  { name: 'Testcontainers', start: startKafkaInContainer },
  { name: "Apache's jars on Java", start: startKafkaFromJars },
] as const;

/**
 * A real Kafka: the brokers of `KAFKA_BROKERS`, else one broker in a container, else one of Apache's jars.
 * It ends when this process ends, however that happens.
 * Throws `kafka-unavailable` with what was tried and what to install, or `kafka-failed`.
 */
export async function startKafka(options: StartKafkaOptions = {}): Promise<RealKafka> {
  const machine = options.machine ?? thisMachine();
  const given = machine.env['KAFKA_BROKERS'];
  if (given && options.own !== true) return givenKafka(given);
  const failures: string[] = [];
  for (const way of ways) {
    try {
      return await way.start(machine, options.log ?? (() => undefined));
    } catch (error) {
      if (error instanceof TestkitError) throw error;
      failures.push(`${way.name}: ${reasonOf(error)}`);
    }
  }
  throw new TestkitError('kafka-unavailable', explain(['KAFKA_BROKERS: not set', ...failures]));
}

async function givenKafka(brokers: string): Promise<RealKafka> {
  await awaitBroker(brokers, 5000).catch((error: unknown) => {
    const message = `KAFKA_BROKERS is set, but no broker answers there: ${reasonOf(error)}`;
    throw new TestkitError('kafka-unavailable', message, { cause: error });
  });
  const refuse = (): Promise<void> =>
    Promise.reject(new TestkitError('kafka-not-ours', 'KAFKA_BROKERS named this broker; it is not ours to end'));
  return { brokers, stop: () => Promise.resolve(), kill: refuse, restart: refuse };
}

function explain(failures: readonly string[]): string {
  return [
    'No Kafka is available. There are three ways to have one, and none of them worked:',
    ...failures.map((failure, index) => `  ${index + 1}. ${failure}`),
    'Any one is enough: install Java 17 or later, or start a Docker engine, or set KAFKA_BROKERS to host:port.',
  ].join('\n');
}
