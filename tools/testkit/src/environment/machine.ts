import { homedir } from 'node:os';
import { join } from 'node:path';

/** Reports progress to the person waiting, one line at a time. */
export type Log = (line: string) => void;

/** What the parts look up on this machine: environment variables, platform and user. A test hands in another machine. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  /** As Node names it, for instance `linux-x64`. */
  readonly platform: string;
  readonly isRoot: boolean;
  /** Where a Docker engine would listen, besides `DOCKER_HOST`. */
  readonly dockerSockets: readonly string[];
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return {
    env: process.env,
    platform: `${process.platform}-${process.arch}`,
    isRoot: process.getuid?.() === 0,
    // As Testcontainers looks: the system's engine, Docker Desktop's, a rootless one.
    dockerSockets: [
      '/var/run/docker.sock',
      join(homedir(), '.docker', 'run', 'docker.sock'),
      join(process.env['XDG_RUNTIME_DIR'] ?? '/run/user/none', 'docker.sock'),
    ],
  };
}

/** The one user-level folder that keeps what was downloaded: `LEARNAMP_CACHE`, else the XDG cache folder. */
export function cacheDirectory({ env }: Machine): string {
  if (env['LEARNAMP_CACHE']) return env['LEARNAMP_CACHE'];
  return join(env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache'), 'learnamp');
}

/** The environment for a Node process of its own: without the options that this one runs with, such as Jest's. */
export function withoutNodeOptions(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'NODE_OPTIONS'));
}
