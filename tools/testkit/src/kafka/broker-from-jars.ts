import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Machine } from '../environment/machine.ts';
import { startGuardedProcess, type GuardedProcess } from '../processes/guarded-process.ts';
import { runCommand } from '../processes/run-command.ts';
import { TestkitError } from '../testkit-error.ts';
import { awaitBroker } from './await-broker.ts';
import { serverProperties } from './server-properties.ts';

const START_TIMEOUT_MS = 120_000;

/** What it takes to run brokers of Apache's jars. */
export interface Installation {
  readonly machine: Machine;
  readonly java: string;
  readonly jars: string;
}

/** Where a broker is, among those of its cluster, and where it keeps its data. */
export interface BrokerPlace {
  readonly id: number;
  readonly brokerPort: number;
  readonly controllerPorts: readonly number[];
  readonly folder: string;
}

/** A KRaft broker, a controller too, in a Java process of its own. */
export class BrokerFromJars {
  readonly id: number;
  readonly address: string;
  readonly #installation: Installation;
  readonly #place: BrokerPlace;
  #server: GuardedProcess | undefined;

  constructor(installation: Installation, place: BrokerPlace) {
    this.id = place.id;
    this.address = `127.0.0.1:${place.brokerPort}`;
    this.#installation = installation;
    this.#place = place;
  }

  get pid(): number {
    if (!this.#server) throw new Error(`broker ${this.id} was not started`);
    return this.#server.pid;
  }

  get folder(): string {
    return this.#place.folder;
  }

  /** KRaft wants a storage directory with its cluster's id before the first start. */
  async format(clusterId: string): Promise<void> {
    const { java, jars, machine } = this.#installation;
    const logDirectory = join(this.folder, 'log');
    await rm(logDirectory, { recursive: true, force: true });
    await writeFile(join(this.folder, 'server.properties'), serverProperties({ ...this.#place, logDirectory }));
    const storage = [
      'kafka.tools.StorageTool',
      'format',
      '-t',
      clusterId,
      '-c',
      join(this.folder, 'server.properties'),
    ];
    const args = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), ...storage];
    await runCommand(java, args, { env: machine.env, timeoutMs: START_TIMEOUT_MS });
  }

  /** Resolves once a client can list the topics. @throws TestkitError, retriable where a port was taken meanwhile. */
  async start(): Promise<void> {
    const { java, jars, machine } = this.#installation;
    const properties = join(this.folder, 'server.properties');
    const server = await startGuardedProcess({
      command: java,
      args: ['-Xmx512m', '-Dlog4j2.level=warn', '-cp', join(jars, '*'), 'kafka.Kafka', properties],
      env: machine.env,
      logFile: join(this.folder, 'broker.log'),
      removeWhenOrphaned: [this.folder],
    });
    try {
      const died = server.ended.then((how) => Promise.reject(explainEnd(how, server.logTail())));
      await Promise.race([awaitBroker(this.address, START_TIMEOUT_MS), died]);
      this.#server = server;
    } catch (error) {
      await server.kill();
      throw error;
    }
  }

  /** As a crash would. */
  async kill(): Promise<void> {
    await this.#server?.kill();
  }

  /** Starts it again on the same ports and data; one that runs is stopped first. */
  async restart(): Promise<void> {
    await this.#server?.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.#server?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function explainEnd(how: string, logTail: string): TestkitError {
  const lastWords = logTail.trim().split('\n').slice(-8).join('\n');
  return new TestkitError('kafka-failed', `The Kafka broker ended at once (${how}):\n${lastWords}`, {
    retriable: logTail.includes('Address already in use'),
  });
}
