import { spawn } from 'node:child_process';

/** How long, where and with what environment a command runs. */
export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Polled every half second; a sentence ends the command early and becomes the error. */
  readonly giveUp?: () => string | undefined;
}

/**
 * Runs a command to its end and resolves with what it printed on both streams.
 * Rejects with the last lines it printed when it fails, and with a sentence when it takes longer than `timeoutMs`.
 */
export function runCommand(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let stopped: string | undefined;
    const stop = (reason: string): void => {
      stopped = reason;
      child.kill('SIGKILL');
    };
    const deadline = setTimeout(() => stop(`it took longer than ${options.timeoutMs / 1000} s`), options.timeoutMs);
    const watch = setInterval(() => {
      const reason = options.giveUp?.();
      if (reason !== undefined) stop(reason);
    }, 500);
    const settle = (act: () => void): void => {
      clearTimeout(deadline);
      clearInterval(watch);
      act();
    };

    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output = (output + chunk).slice(-100_000)));
    }
    child.on('error', (error) => settle(() => reject(error)));
    child.on('close', (code, signal) =>
      settle(() => {
        if (code === 0) resolve(output);
        else reject(new Error(stopped ?? describeFailure(output, code ?? signal)));
      }),
    );
  });
}

function describeFailure(output: string, ending: number | string | null): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const error = lines.find((line) => /^(\[?error\]?|.*\berror:)/i.test(line)) ?? lines.at(-1);
  return error?.trim() ?? `it ended with ${ending ?? 'no exit code'}`;
}
