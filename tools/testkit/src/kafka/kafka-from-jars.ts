import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Log, Machine } from '../environment/machine.ts';
import { freePort } from '../processes/free-port.ts';
import { startGuardedProcess, type GuardedProcess } from '../processes/guarded-process.ts';
import { runCommand } from '../processes/run-command.ts';
import { TestkitError } from '../testkit-error.ts';
import { awaitBroker } from './await-broker.ts';
import { fetchKafkaJars } from './fetch-kafka-jars.ts';
import { findJava } from './find-java.ts';
import type { RealKafka } from './real-kafka.ts';
import { serverProperties } from './server-properties.ts';

const START_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 3;

/** A KRaft broker of Apache's own jars in a Java process of its own, with its data in a temporary folder. */
export async function startKafkaFromJars(machine: Machine, log: Log): Promise<RealKafka> {
  const java = await findJava(machine);
  const jars = await fetchKafkaJars(machine, log);
  const folder = await mkdtemp(join(tmpdir(), 'learnamp-kafka-'));
  try {
    return await startOnFreePorts({ machine, java, jars, folder });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Installation {
  readonly machine: Machine;
  readonly java: string;
  readonly jars: string;
  readonly folder: string;
}

/** Between the choice of a free port and its use somebody else may take it, so a failed start is tried on others. */
async function startOnFreePorts(installation: Installation): Promise<RealKafka> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    await format(installation, port);
    try {
      return ownBroker(installation, port, await launch(installation, port));
    } catch (error) {
      const portTaken = error instanceof TestkitError && error.retriable;
      if (!portTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function format({ machine, java, jars, folder }: Installation, brokerPort: number): Promise<void> {
  const logDirectory = join(folder, 'log');
  await rm(logDirectory, { recursive: true, force: true });
  const properties = serverProperties({ brokerPort, controllerPort: await freePort(), logDirectory });
  await writeFile(join(folder, 'server.properties'), properties);
  // KRaft wants a storage directory with a cluster id before the first start: 16 bytes in URL-safe base64.
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  const storage = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', join(folder, 'server.properties')];
  const args = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), ...storage];
  await runCommand(java, args, { env: machine.env, timeoutMs: START_TIMEOUT_MS });
}

async function launch({ machine, java, jars, folder }: Installation, port: number): Promise<GuardedProcess> {
  const server = await startGuardedProcess({
    command: java,
    args: ['-Xmx512m', '-Dlog4j2.level=warn', '-cp', join(jars, '*'), 'kafka.Kafka', join(folder, 'server.properties')],
    env: machine.env,
    logFile: join(folder, 'broker.log'),
    removeWhenOrphaned: [folder],
  });
  try {
    const died = server.ended.then((how) => Promise.reject(explainEnd(how, server.logTail())));
    await Promise.race([awaitBroker(`127.0.0.1:${port}`, START_TIMEOUT_MS), died]);
    return server;
  } catch (error) {
    await server.kill();
    throw error;
  }
}

function explainEnd(how: string, logTail: string): TestkitError {
  const lastWords = logTail.trim().split('\n').slice(-8).join('\n');
  return new TestkitError('kafka-failed', `The Kafka broker ended at once (${how}):\n${lastWords}`, {
    retriable: logTail.includes('Address already in use'),
  });
}

function ownBroker(installation: Installation, port: number, first: GuardedProcess): RealKafka {
  let server = first;
  return {
    brokers: `127.0.0.1:${port}`,
    get pid() {
      return server.pid;
    },
    kill: () => server.kill(),
    restart: async () => {
      await server.stop();
      server = await launch(installation, port);
    },
    stop: async () => {
      await server.stop();
      await rm(installation.folder, { recursive: true, force: true });
    },
  };
}
