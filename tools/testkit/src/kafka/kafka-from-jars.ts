import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Log, Machine } from '../environment/machine.ts';
import { freePort } from '../processes/free-port.ts';
import { TestkitError } from '../testkit-error.ts';
import { BrokerFromJars, type Installation } from './broker-from-jars.ts';
import { fetchKafkaJars } from './fetch-kafka-jars.ts';
import { findJava } from './find-java.ts';
import type { RealKafka } from './real-kafka.ts';

const START_ATTEMPTS = 3;

/** A KRaft broker of Apache's own jars in a Java process of its own, with its data in a temporary folder. */
export async function startKafkaFromJars(machine: Machine, log: Log): Promise<RealKafka> {
  const [broker] = await startBrokersFromJars(machine, log, 1);
  if (!broker) throw new Error('no broker was started');
  return {
    brokers: broker.address,
    get pid() {
      return broker.pid;
    },
    kill: () => broker.kill(),
    restart: () => broker.restart(),
    stop: () => broker.remove(),
  };
}

/** So many of them, which are one cluster. */
export async function startBrokersFromJars(machine: Machine, log: Log, count: number): Promise<BrokerFromJars[]> {
  const java = await findJava(machine);
  const jars = await fetchKafkaJars(machine, log);
  // Between the choice of a free port and its use somebody else may take it, so a failed start is tried on others.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnFreePorts({ machine, java, jars }, count);
    } catch (error) {
      const portTaken = error instanceof TestkitError && error.retriable;
      if (!portTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnFreePorts(installation: Installation, count: number): Promise<BrokerFromJars[]> {
  const brokers = await placed(installation, count);
  // 16 bytes in URL-safe base64.
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  // All at once: none of them answers before most of them are there.
  const started = await Promise.allSettled(
    brokers.map(async (broker) => {
      await broker.format(clusterId);
      await broker.start();
    }),
  );
  const failure = started.find((one) => one.status === 'rejected');
  if (!failure) return brokers;
  await Promise.all(brokers.map((broker) => broker.remove()));
  throw failure.reason;
}

async function placed(installation: Installation, count: number): Promise<BrokerFromJars[]> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const controllerPorts = await Promise.all(numbers.map(freePort));
  return Promise.all(
    numbers.map(async (number) => {
      const [brokerPort, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'learnamp-kafka-'))];
      return new BrokerFromJars(installation, { id: number + 1, brokerPort, controllerPorts, folder });
    }),
  );
}
