import { existsSync } from 'node:fs';

import type { Log, Machine } from '../environment/machine.ts';
import { freePort } from '../processes/free-port.ts';
import { awaitBroker } from './await-broker.ts';
import { KAFKA_VERSION } from './kafka-jars.ts';
import type { RealKafka } from './real-kafka.ts';
import { testSettings } from './server-properties.ts';

const START_TIMEOUT_MS = 120_000;
const CLIENT_PORT = 9092;

/** A broker of Apache's own image, run by Testcontainers. Rejects with the reason where no Docker engine answers. */
export async function startKafkaInContainer(machine: Machine, log: Log): Promise<RealKafka> {
  if (!mayHaveDocker(machine)) throw new Error('no Docker engine is there (no DOCKER_HOST, no Docker socket)');
  // Loaded only here: it is large, and most machines that have no Docker never need it.
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const docker = await getContainerRuntimeClient();

  log(`starting Apache Kafka ${KAFKA_VERSION} in a container`);
  // The broker tells clients its address, so the port on this side must be known before the container starts.
  const port = await freePort();
  const container = await new GenericContainer(`apache/kafka:${KAFKA_VERSION}`)
    .withExposedPorts({ container: CLIENT_PORT, host: port })
    .withEnvironment(containerEnvironment(docker.info.containerRuntime.host, port))
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(START_TIMEOUT_MS)
    .start();
  const brokers = `${container.getHost()}:${port}`;
  await awaitBroker(brokers, START_TIMEOUT_MS);
  const handle = docker.container.getById(container.getId());
  return {
    brokers,
    kill: async () => {
      await handle.kill();
    },
    restart: async () => {
      // Docker's own restart also starts a container that was killed, with the same ports and file system.
      await handle.restart();
      await awaitBroker(brokers, START_TIMEOUT_MS);
    },
    stop: async () => {
      await container.stop();
    },
  };
}

function mayHaveDocker({ env, dockerSockets }: Machine): boolean {
  return Boolean(env['DOCKER_HOST']) || dockerSockets.some((socket) => existsSync(socket));
}

/** Apache's image reads each setting from a variable: KAFKA_, upper case, underscores for dots. */
function containerEnvironment(host: string, port: number): Record<string, string> {
  const settings = {
    'node.id': '1',
    'process.roles': 'broker,controller',
    listeners: `PLAINTEXT://:${CLIENT_PORT},CONTROLLER://:9093`,
    'advertised.listeners': `PLAINTEXT://${host}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': '1@localhost:9093',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    ...testSettings,
  };
  const asVariable = (name: string): string => `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`;
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [asVariable(name), value]));
}
