import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workspaceRoot } from '../../../results.ts';

/** A service in a process of its own, started as its package says that it is. */
export interface ServiceProcess {
  /** The last lines that it printed. */
  log(): string;
  /** The most that was ever resident of it, by the kernel's own count. Linux. */
  peakResidentMb(): Promise<number>;
  /** Whether it has ended by itself. */
  hasEnded(): boolean;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits. @returns the exit code; null where a signal ended it. */
  stop(): Promise<number | null>;
  /** Sends it a signal that it has a handler for. */
  signal(name: NodeJS.Signals): void;
}

const LOG_LENGTH = 20_000;

/** @param onOutput Gets everything that it prints; a line may come in pieces. */
export async function startService(
  name: string,
  env: Readonly<Record<string, string>>,
  onOutput: (part: string) => void = () => undefined,
): Promise<ServiceProcess> {
  const folder = join(workspaceRoot, 'apps', name);
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, await startArguments(folder), {
    cwd: folder,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const note = (part: string) => {
    log = (log + part).slice(-LOG_LENGTH);
    onOutput(part);
  };
  child.stdout.setEncoding('utf8').on('data', note);
  child.stderr.setEncoding('utf8').on('data', note);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  void ended.then(() => process.removeListener('exit', endWithUs));
  const endBy = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    return ended;
  };
  return {
    log: () => log.trim().split('\n').slice(-15).join('\n'),
    peakResidentMb: () => peakResidentMb(child.pid ?? 0),
    hasEnded: () => child.exitCode !== null,
    kill: async () => {
      await endBy('SIGKILL')();
    },
    stop: endBy('SIGTERM'),
    signal: (name) => void child.kill(name),
  };
}

/** What `npm start` gives to Node in the service's folder: heap flags are part of what is measured. */
async function startArguments(folder: string): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [node, ...given] = scripts.start.split(' ');
  if (node !== 'node') throw new Error(`${folder} is not started by node`);
  return given;
}

async function peakResidentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kilobytes === undefined) throw new Error('the kernel doesn’t say how much was resident');
  return Number(kilobytes) / 1024;
}
