import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Machine } from '../../src/environment/machine.ts';

/** A machine on which nothing is installed but the named programs, with an empty cache. `remove` deletes its folder. */
export interface BareMachine extends Machine {
  readonly folder: string;
  readonly programs: string;
  remove(): Promise<void>;
}

/**
 * Programs are given as name → full path of the program that stands behind it. Every download is sent to a loopback
 * port on which nobody listens, so it fails at once and the test is the same with and without a network.
 */
export async function bareMachine(
  programs: Record<string, string> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<BareMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'learnamp-bare-'));
  const path = join(folder, 'bin');
  await mkdir(path);
  for (const [name, target] of Object.entries(programs)) await symlink(target, join(path, name));
  return {
    folder,
    programs: path,
    env: {
      PATH: path,
      HOME: folder,
      LEARNAMP_CACHE: join(folder, 'cache'),
      MONGOMS_DOWNLOAD_MIRROR: 'https://127.0.0.1:9',
      PIP_INDEX_URL: 'https://127.0.0.1:9/simple',
      ...env,
    },
    platform: 'linux-x64',
    isRoot: false,
    dockerSockets: [],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
