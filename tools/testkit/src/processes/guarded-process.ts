import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { withoutNodeOptions } from '../environment/machine.ts';

/** A program that runs until it is stopped, or until this process is gone. */
export interface GuardedProcess {
  readonly pid: number;
  /** Resolves with how it ended, for instance `exit code 48` or `SIGKILL`. Never rejects. */
  readonly ended: Promise<string>;
  /** The end of its log file, for error messages. */
  logTail(): string;
  /** Asks it to end, and insists when it takes too long. Resolves once it is gone. */
  stop(): Promise<void>;
  /** Ends it without a chance to tidy up, as a crash would. Resolves once it is gone. */
  kill(): Promise<void>;
}

export interface GuardedProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Everything it prints is appended there. */
  readonly logFile: string;
  /** Folders removed only when this process vanished without stopping the program. */
  readonly removeWhenOrphaned: readonly string[];
}

type Report =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'exited'; readonly code?: number; readonly signal?: string; readonly error?: string };

const STOP_GRACE_MS = 15_000;
const GUARDIAN = fileURLToPath(new URL('../../bin/guardian.mjs', import.meta.url));

/**
 * Starts a program under a guardian that ends it when this process is gone, however it went.
 * Rejects when the program can't be started at all; one that ends at once is reported by `ended`.
 */
export async function startGuardedProcess(options: GuardedProcessOptions): Promise<GuardedProcess> {
  const guardian = forkGuardian(options);
  const reports = reportsOf(guardian);
  const started = await reports.started;
  // A forgotten stop() must not keep this process alive: when it ends, the guardian ends the program.
  guardian.unref();
  guardian.channel?.unref();

  const awaitEnd = async (): Promise<void> => {
    guardian.ref();
    await reports.ended;
  };
  return {
    pid: started.pid,
    ended: reports.ended,
    logTail: () => readFileSync(options.logFile, 'utf8').slice(-20_000),
    stop: async () => {
      if (guardian.connected) guardian.send('stop', () => undefined);
      await awaitEnd();
    },
    kill: async () => {
      killByPid(started.pid);
      await awaitEnd();
    },
  };
}

function forkGuardian({ command, args, env, logFile, removeWhenOrphaned }: GuardedProcessOptions): ChildProcess {
  const order = JSON.stringify({ command, args, logFile, graceMs: STOP_GRACE_MS, removeWhenOrphaned });
  return fork(GUARDIAN, [order], {
    env: withoutNodeOptions(env),
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

function reportsOf(guardian: ChildProcess): { started: Promise<{ pid: number }>; ended: Promise<string> } {
  const report = new EventEmitter<{ started: [pid: number]; ended: [how: string] }>();
  let pid: number | undefined;
  guardian.on('message', (message: Report) => {
    if (message.kind === 'exited') {
      report.emit('ended', message.error ?? message.signal ?? `exit code ${message.code ?? 'unknown'}`);
      return;
    }
    pid = message.pid;
    report.emit('started', message.pid);
  });
  // Somebody killed the guardian: the program would be nobody's, so it goes too.
  guardian.on('disconnect', () => {
    if (pid !== undefined) killByPid(pid);
    report.emit('ended', 'its guardian ended');
  });
  return {
    started: new Promise((resolve, reject) => {
      report.once('started', (started) => resolve({ pid: started }));
      report.once('ended', (how) => reject(new Error(how)));
      guardian.once('error', reject);
    }),
    ended: new Promise((resolve) => report.once('ended', resolve)),
  };
}

function killByPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it ended by itself a moment ago, which is what was asked for.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
