import { readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { cacheDirectory, type Log, type Machine, withoutNodeOptions } from '../environment/machine.ts';
import { runCommand } from '../processes/run-command.ts';

const DOWNLOADER = fileURLToPath(new URL('../../bin/download-mongod.mjs', import.meta.url));
const TIMEOUT_MS = 600_000;
const STALL_MS = 15_000;

/**
 * MongoDB's own `mongod`, downloaded by mongodb-memory-server at first use (it locks and completes the file itself).
 * Rejects with the reason within seconds when its server can't be reached.
 */
export async function mongodFromDownload(machine: Machine, log: Log): Promise<string> {
  const folder = join(cacheDirectory(machine), 'mongod-download');
  await mkdir(folder, { recursive: true });
  log("looking for MongoDB's own download");
  const output = await runCommand(process.execPath, [DOWNLOADER, folder], {
    env: downloadEnvironment(machine.env),
    timeoutMs: TIMEOUT_MS,
    giveUp: whenStalled(folder),
  });
  return output.trim().split('\n').at(-1) ?? '';
}

function downloadEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    MONGOMS_MAX_RETRIES: '1',
    MONGOMS_MD5_CHECK: 'true',
    ...withoutNodeOptions(env),
    // Without this the library accepts any certificate (MongoBinaryDownload.js, rejectUnauthorized), for a program
    // that we run.
    npm_config_strict_ssl: 'true',
    MONGOMS_RUNTIME_DOWNLOAD: 'true',
    MONGOMS_PREFER_GLOBAL_PATH: 'false',
  };
}

/** A connection that is opened and then silent would wait a minute and be tried again: nothing new on disk is enough. */
function whenStalled(folder: string): () => string | undefined {
  let seen = -1;
  let seenAt = Date.now();
  return () => {
    const size = sizeOf(folder);
    if (size !== seen) [seen, seenAt] = [size, Date.now()];
    return Date.now() - seenAt > STALL_MS ? `nothing was received for ${STALL_MS / 1000} s` : undefined;
  };
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => {
    const stats = statSync(join(file.parentPath, file.name), { throwIfNoEntry: false });
    return sum + (stats?.size ?? 0);
  }, 0);
}
