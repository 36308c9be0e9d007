import {
  BusError,
  checkEmbeddedBus,
  createEmbeddedBus,
  createEmbeddedReader,
  createKafkaBus,
  type OperatorBus,
  type OperatorReader,
} from '@learnamp/bus';
import { createLogger } from '@learnamp/service';
import { type Surroundings, UsageError } from './command-line/command.ts';
import type { OpsConfig } from './config.ts';

/** What is said where nothing can be asked of the services. */
const noBrokers =
  'KAFKA_BROKERS is missing, and without it nothing can be asked of the services. With npm start the topics are in the ' +
  'one process that runs: use Sync users on its page, or start it with KAFKA_BROKERS';

const noBus =
  'neither KAFKA_BROKERS nor BUS_DIRECTORY is set. With npm start BUS_DIRECTORY is the folder bus in its data folder, ' +
  'such as .learnamp/harbour-finch/bus';

const inUse =
  'the embedded bus is in use by the process that runs, which moves its own offsets: stop npm start first. ' +
  'Reading (topics list, describe and tail; dead-letters list and show; --dry-run) works beside it';

type Buses = Pick<Surroundings, 'bus' | 'hasBus' | 'topicReader' | 'topicKeeper' | 'replicationFactor'>;

/** The buses of the environment, each opened when it is asked for. */
export function openBuses(config: OpsConfig, name: string): Buses & { readonly close: () => Promise<void> } {
  const { KAFKA_BROKERS: brokers, BUS_DIRECTORY: directory, KAFKA_REPLICATION_FACTOR: replicationFactor } = config;
  const kafka = once(() => kafkaBus(config, brokers ?? '', name));
  const keeper = once(() => embedded(() => ownBus(directory ?? '', name)));
  const reader = once(() => embedded(() => createEmbeddedReader(directory ?? '')));
  const hasBus = brokers !== undefined;
  const either = <Opened>(embeddedOne: () => Opened) => {
    if (hasBus) return kafka.get();
    if (directory === undefined) throw new UsageError(noBus);
    return embeddedOne();
  };
  return {
    hasBus,
    replicationFactor,
    bus: () => {
      if (!hasBus) throw new UsageError(noBrokers);
      return kafka.get();
    },
    // While this process has the embedded bus itself, it reads there.
    topicReader: (): OperatorReader => either(() => keeper.opened() ?? reader.get()),
    topicKeeper: (): OperatorBus => either(() => keeper.get()),
    close: async () => {
      for (const each of [kafka, keeper, reader]) await each.opened()?.close();
    },
  };
}

function once<Opened>(open: () => Opened) {
  let opened: Opened | undefined;
  return { get: () => (opened ??= open()), opened: () => opened };
}

const quiet = (name: string) => ({ logger: createLogger(name, 'silent'), onFatal: () => undefined });

const kafkaBus = (config: OpsConfig, brokers: string, name: string): OperatorBus =>
  createKafkaBus({
    brokers: brokers.split(','),
    clientId: name,
    topicPrefix: config.TOPIC_PREFIX,
    replicationFactor: config.KAFKA_REPLICATION_FACTOR,
    publish: { giveUpAfterMs: 15_000 },
    ...quiet(name),
  });

function ownBus(directory: string, name: string): OperatorBus {
  // Looked for first: a mistyped folder would become a bus.
  checkEmbeddedBus(directory);
  return createEmbeddedBus({ directory, ...quiet(name) });
}

function embedded<Opened>(open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    throw new UsageError(error.code === 'bus-in-use' ? inUse : error.message, { cause: error });
  }
}
