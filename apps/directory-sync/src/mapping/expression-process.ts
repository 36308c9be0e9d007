import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Answer, Question } from './expression-program.ts';

/** Why a process gave no answer. */
export type NoAnswer = 'too long' | 'ended';

/** A process that evaluates expressions, one question at a time. */
export interface ExpressionProcess {
  /** The answers, one a person; or why there are none, and then the process is gone. */
  ask(question: Question, withinMs: number): Promise<readonly Answer[] | NoAnswer>;
  stop(): void;
}

// Its own compiled file, from the sources and from `dist` alike: a process of its own has no loader for TypeScript.
const PROGRAM = fileURLToPath(new URL('../../dist/mapping/expression-program.js', import.meta.url));

/**
 * Starts the process and waits until it listens, so that its start counts against no expression. It is a process and no
 * thread because Node ends the whole process, not the thread, when a single allocation goes over a thread's limit.
 * `memoryMb` is the most that its heap may take.
 */
export async function startExpressionProcess(memoryMb: number): Promise<ExpressionProcess> {
  const child = fork(PROGRAM, [], {
    env: {},
    execArgv: [`--max-old-space-size=${memoryMb}`, '--max-semi-space-size=4'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // What can't be sent or started shows as an end; without a listener it would end us.
  child.on('error', () => undefined);
  if ((await nextOf(child, START_MS)) !== 'ready') {
    child.kill('SIGKILL');
    throw new Error('the process that evaluates expressions did not start');
  }
  return {
    ask: async (question, withinMs) => {
      const answer = nextOf(child, withinMs);
      child.send(question, () => undefined);
      const said = await answer;
      if (!Array.isArray(said)) child.kill('SIGKILL');
      return said as readonly Answer[] | NoAnswer;
    },
    stop: () => child.kill('SIGKILL'),
  };
}

const START_MS = 10_000;

/** The next message of the child, unless it takes too long or ends. */
async function nextOf(child: ChildProcess, withinMs: number): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]: unknown[]) => message),
      once(child, 'exit', { signal }).then((): NoAnswer => 'ended'),
      delay(withinMs, 'too long' satisfies NoAnswer, { signal }),
    ]);
  } finally {
    over.abort();
  }
}
