import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { thisMachine, type Log, type Machine } from '../environment/machine.ts';
import { freePort } from '../processes/free-port.ts';
import { startGuardedProcess, type GuardedProcess } from '../processes/guarded-process.ts';
import { TestkitError } from '../testkit-error.ts';
import { findMongod } from './find-mongod.ts';
import { freshDatabaseName, withDatabase } from './mongo-address.ts';
import { becomePrimary, checkReplicaSet, REPLICA_SET } from './replica-set.ts';

/** A MongoDB replica set that takes transactions. */
export interface RealMongo {
  /** A connection string for the named database, or for one that nobody has used before. */
  uri(database?: string): string;
  /** Ends the server and removes its temporary folder. Does nothing to a server that `MONGODB_URI` named. */
  stop(): Promise<void>;
  /** The server's process; undefined when `MONGODB_URI` named the server. */
  readonly pid?: number;
}

export interface StartMongoOptions {
  /** Keeps the data from one start to the next. Without it the data lives in a temporary folder until `stop`. */
  readonly dataDirectory?: string;
  /** Loopback port; a free one unless given. */
  readonly port?: number;
  readonly log?: Log;
  /** Starts a server of its own even where `MONGODB_URI` names one. */
  readonly own?: boolean;
  readonly machine?: Machine;
}

/**
 * A real MongoDB: the server of `MONGODB_URI`, else a replica set of one started here (see `findMongod`).
 * The server ends when this process ends, however that happens.
 * Throws a `TestkitError`: `mongod-unavailable`, `mongodb-unreachable`, `data-folder-in-use`, `port-in-use` or
 * `mongod-failed`.
 */
export async function startMongo(options: StartMongoOptions = {}): Promise<RealMongo> {
  const machine = options.machine ?? thisMachine();
  const given = machine.env['MONGODB_URI'];
  if (given && options.own !== true) {
    await checkReplicaSet(given);
    return { uri: (database) => withDatabase(given, database ?? freshDatabaseName()), stop: () => Promise.resolve() };
  }
  const mongod = await findMongod(machine, options.log ?? (() => undefined));
  return startOwnMongo(mongod, machine, options);
}

async function startOwnMongo(mongod: string, machine: Machine, options: StartMongoOptions): Promise<RealMongo> {
  const temporary = options.dataDirectory === undefined ? await mkdtemp(join(tmpdir(), 'learnamp-mongo-')) : undefined;
  const removeData = async (): Promise<void> => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  };
  try {
    const folder = temporary ?? options.dataDirectory ?? '';
    await mkdir(folder, { recursive: true });
    const { server, port } = await startWhenFolderIsFree({
      mongod,
      machine,
      folder,
      temporary,
      port: options.port,
      log: options.log ?? (() => undefined),
    });
    return {
      uri: (database) => `mongodb://127.0.0.1:${port}/${database ?? freshDatabaseName()}?replicaSet=${REPLICA_SET}`,
      pid: server.pid,
      stop: async () => {
        await server.stop();
        await removeData();
      },
    };
  } catch (error) {
    await removeData();
    throw error;
  }
}

interface Launch {
  readonly mongod: string;
  readonly machine: Machine;
  readonly folder: string;
  readonly temporary: string | undefined;
  readonly port: number | undefined;
  readonly log: Log;
}

/** The server of a parent that was killed needs some seconds to end and leave its data folder. */
const FOLDER_PATIENCE_MS = 10_000;

async function startWhenFolderIsFree(launch: Launch): Promise<{ server: GuardedProcess; port: number }> {
  const deadline = Date.now() + FOLDER_PATIENCE_MS;
  let waiting = false;
  for (;;) {
    try {
      return await startOnce(launch, launch.port ?? (await freePort()));
    } catch (error) {
      const lostRace = error instanceof TestkitError && error.retriable;
      if (!lostRace || Date.now() > deadline) throw error;
      if (!waiting) launch.log(`waiting for ${error.code === 'port-in-use' ? 'a free port' : launch.folder}`);
      waiting = true;
      await delay(500);
    }
  }
}

async function startOnce(launch: Launch, port: number): Promise<{ server: GuardedProcess; port: number }> {
  const logFile = join(launch.folder, 'mongod.log');
  closeSync(openSync(logFile, 'w'));
  const server = await startGuardedProcess({
    command: launch.mongod,
    args: serverArguments(launch, port),
    env: launch.machine.env,
    logFile,
    removeWhenOrphaned: launch.temporary === undefined ? [] : [launch.temporary],
  });
  try {
    const died = server.ended.then((how) => Promise.reject(explainEnd(how, server.logTail(), launch, port)));
    await Promise.race([becomePrimary(port), died]);
    return { server, port };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function serverArguments({ folder, machine }: Launch, port: number): string[] {
  const args = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', REPLICA_SET];
  // Small on purpose: the machine belongs to the person who runs this, not to the database.
  args.push('--quiet', '--oplogSize', '128', '--wiredTigerCacheSizeGB', '0.5');
  args.push('--setParameter', 'diagnosticDataCollectionEnabled=false');
  return machine.platform.startsWith('win32') ? args : [...args, '--nounixsocket'];
}

function explainEnd(how: string, logTail: string, launch: Launch, port: number): TestkitError {
  if (logTail.includes('DBPathInUse') || logTail.includes('Unable to lock the lock file')) {
    const holder = readFileSync(join(launch.folder, 'mongod.lock'), 'utf8').trim();
    const message = `The data folder ${launch.folder} is in use by another mongod${holder && ` (process ${holder})`}; stop that one first`;
    return new TestkitError('data-folder-in-use', message, { retriable: true });
  }
  if (logTail.includes('Address already in use')) {
    const message = `Port ${port} is in use; mongod needs it`;
    return new TestkitError('port-in-use', message, { retriable: launch.port === undefined });
  }
  const lastWords = logTail.trim().split('\n').slice(-5).join('\n');
  return new TestkitError('mongod-failed', `mongod ended at once (${how}):\n${lastWords}`);
}
