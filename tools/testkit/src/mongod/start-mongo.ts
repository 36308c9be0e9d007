import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { thisMachine, type Log, type Machine } from '../environment/machine.ts';
import { findMongod } from './find-mongod.ts';
import { launchMongod } from './launch-mongod.ts';
import { freshDatabaseName, withDatabase } from './mongo-address.ts';
import { checkReplicaSet, REPLICA_SET } from './replica-set.ts';

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
  /** How long to wait for another server to leave the data folder: one whose parent was killed needs some seconds. */
  readonly folderPatienceMs?: number;
  readonly log?: Log;
  /** Starts a server of its own even where `MONGODB_URI` names one. */
  readonly own?: boolean;
  readonly machine?: Machine;
}

const FOLDER_PATIENCE_MS = 10_000;

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
    const { server, port } = await launchMongod({
      mongod,
      machine,
      folder,
      temporary,
      port: options.port,
      folderPatienceMs: options.folderPatienceMs ?? FOLDER_PATIENCE_MS,
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
