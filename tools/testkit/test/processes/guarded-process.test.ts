import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startGuardedProcess, type GuardedProcess } from '../../src/processes/guarded-process.ts';
import { until } from '../../src/processes/until.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let folder: string;
let parent: ChildProcess | undefined;
let program: number | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'learnamp-guard-'));
});

afterEach(async () => {
  parent?.kill('SIGKILL');
  if (program !== undefined && isAlive(program)) process.kill(program, 'SIGKILL');
  [parent, program] = [undefined, undefined];
  await rm(folder, { recursive: true, force: true });
});

const untilEnded = 'process.stdin.resume(); setInterval(() => undefined, 1000);';

function guarded(script: string): Promise<GuardedProcess> {
  const args = ['-e', script];
  const logFile = join(folder, 'program.log');
  return startGuardedProcess({ command: process.execPath, args, env: process.env, logFile, removeWhenOrphaned: [] });
}

/** A process of its own that starts a program under the guardian, as this package does; the program's pid. */
async function parentOfAProgram(data: string): Promise<number> {
  const order = {
    command: process.execPath,
    args: ['-e', untilEnded],
    logFile: join(folder, 'program.log'),
    graceMs: 5000,
    removeWhenOrphaned: [data],
  };
  parent = spawn(process.execPath, [here('orphan-maker.mjs'), here('../../bin/guardian.mjs'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<Buffer>((resolve) => parent?.stdout?.once('data', resolve));
  return Number(line.toString());
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the guardian', () => {
  it('ends the program and removes its data when the parent is killed, and not before', async () => {
    const data = join(folder, 'data');
    await mkdir(data);
    program = await parentOfAProgram(data);
    expect([isAlive(program), existsSync(data)]).toEqual([true, true]);

    parent?.kill('SIGKILL');

    const gone = await until(() => (isAlive(program ?? 0) || existsSync(data) ? undefined : true), {
      timeoutMs: 10_000,
    });
    expect(gone).toBe(true);
  }, 30_000);
});

describe('startGuardedProcess', () => {
  it('stops the program and says how it ended', async () => {
    const running = await guarded(untilEnded);
    program = running.pid;

    await running.stop();

    expect(await running.ended).toBe('SIGTERM');
    expect(isAlive(running.pid)).toBe(false);
  }, 30_000);

  it('kills the program as a crash would', async () => {
    const running = await guarded(untilEnded);
    program = running.pid;

    await running.kill();

    expect(await running.ended).toBe('SIGKILL');
  }, 30_000);

  it('reports a program that ends by itself, with its last words', async () => {
    const running = await guarded("console.error('no more memory'); process.exit(3)");

    expect(await running.ended).toBe('exit code 3');
    expect(running.logTail()).toContain('no more memory');
  }, 30_000);

  it('rejects when there is no such program', async () => {
    const logFile = join(folder, 'program.log');
    const missing = { command: '/nowhere/mongod', args: [], env: process.env, logFile, removeWhenOrphaned: [] };

    await expect(startGuardedProcess(missing)).rejects.toThrow(/ENOENT/);
  }, 30_000);
});
