import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Log, Machine } from '../environment/machine.ts';
import { freePort } from '../processes/free-port.ts';
import { startGuardedProcess, type GuardedProcess } from '../processes/guarded-process.ts';
import { TestkitError } from '../testkit-error.ts';
import { becomePrimary, portInUse, REPLICA_SET } from './replica-set.ts';

/** What is needed to start one server, and where its data goes. */
export interface Launch {
  readonly mongod: string;
  readonly machine: Machine;
  readonly folder: string;
  readonly temporary: string | undefined;
  readonly port: number | undefined;
  readonly folderPatienceMs: number;
  readonly log: Log;
}

/** Starts a server and makes it primary; chooses another port, or waits for the folder, where that may help. */
export async function launchMongod(launch: Launch): Promise<{ server: GuardedProcess; port: number }> {
  const deadline = Date.now() + launch.folderPatienceMs;
  let waiting = false;
  for (;;) {
    try {
      return await startOnce(launch, launch.port ?? (await freePort()));
    } catch (error) {
      if (!mayWorkLater(error, launch) || Date.now() > deadline) throw error;
      if (!waiting) launch.log(`waiting: ${error.message}`);
      waiting = true;
      await delay(500);
    }
  }
}

/** A folder may be left soon, and a port that was chosen here is chosen anew; one that was asked for is not. */
function mayWorkLater(error: unknown, launch: Launch): error is TestkitError {
  if (!(error instanceof TestkitError)) return false;
  return error.code === 'data-folder-in-use' || (error.code === 'port-in-use' && launch.port === undefined);
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
  const attempt = new AbortController();
  try {
    const died = server.ended.then((how) => Promise.reject(explainEnd(how, server.logTail(), launch, port)));
    await Promise.race([becomePrimary({ port, pid: server.pid }, attempt.signal), died]);
    return { server, port };
  } catch (error) {
    attempt.abort();
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
  if (logTail.includes('Address already in use')) return portInUse(port);
  const lastWords = logTail.trim().split('\n').slice(-5).join('\n');
  return new TestkitError('mongod-failed', `mongod ended at once (${how}):\n${lastWords}`);
}
