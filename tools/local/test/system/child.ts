import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const workspace = fileURLToPath(new URL('../../../..', import.meta.url));

/** A program of ours in a process of its own. */
export interface Child {
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves with the exit code; null after a signal. */
  readonly exited: Promise<number | null>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Asks it to stop and waits. */
  stop(): Promise<void>;
}

export function startChild(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(process.execPath, [script, ...args], { cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.output += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.errors += part));
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const endBy = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    child.kill(signal);
    await exited;
  };
  // Nothing that a test starts outlives it.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  void exited.then(() => process.removeListener('exit', endWithUs));
  return {
    output: () => text.output,
    errors: () => text.errors,
    exited,
    kill: endBy('SIGKILL'),
    stop: endBy('SIGTERM'),
  };
}

/** The environment of a child: what a shell has, without what names real parts, and with what the test says. */
export function environment(said: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR, LEARNAMP_CACHE, XDG_CACHE_HOME } = process.env;
  return { PATH, HOME, LANG, TMPDIR, LEARNAMP_CACHE, XDG_CACHE_HOME, ...said };
}
