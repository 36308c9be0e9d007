import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RunningChild {
  /** Lines of its output so far. */
  readonly lines: readonly string[];
  /** kill -9, resolved when the process is gone. */
  kill(): Promise<void>;
}

/** Runs one of the scripts beside this file as a process of its own. */
export function runChild(script: string, args: readonly string[]): RunningChild {
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const flags = ['--conditions=@learnamp/source', '--import', here('./typescript-loader.mjs'), here(script)];
  const child: ChildProcess = spawn(process.execPath, [...flags, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const lines: string[] = [];
  if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => lines.push(line));
  const gone = once(child, 'exit');
  return {
    lines,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
