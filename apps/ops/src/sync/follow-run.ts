import { type RunDocument, runModel } from '@learnamp/learners';
import { setTimeout as delay } from 'node:timers/promises';
import type { Surroundings } from '../command-line/command.ts';
import { stageOf } from '../runs/run-words.ts';

const POLL_MS = 200;
/** How long another run may take to follow one that was interrupted, before we say why that one was. */
const NEXT_RUN_MS = 20_000;

export interface Following {
  /** How long to wait for the run's end, in milliseconds. */
  readonly withinMs: number;
  /** What else ends the waiting. */
  readonly orUntil?: () => Promise<boolean>;
}

/**
 * Waits for the end of the run that serves a request, saying how it goes. The answer is the run as it is then; undefined
 * where none has taken the request up. A run that is interrupted is followed by another one, which is waited for.
 */
export async function followRun(
  { connection, progress, signal }: Pick<Surroundings, 'connection' | 'progress' | 'signal'>,
  requestId: string,
  { withinMs, orUntil }: Following,
): Promise<RunDocument | undefined> {
  const until = performance.now() + withinMs;
  let goingOn = performance.now();
  for (;;) {
    const run = await newestOf(connection, requestId);
    const now = performance.now();
    if (run?.finishedAt && run.stage !== 'interrupted') break;
    if (run?.stage !== 'interrupted') goingOn = now;
    if (await orUntil?.()) break;
    if (now > until || now > goingOn + NEXT_RUN_MS || signal.aborted) break;
    progress(run ? stageOf(run) : 'waiting for directory-sync');
    await delay(POLL_MS);
  }
  progress('');
  return newestOf(connection, requestId);
}

async function newestOf(connection: Surroundings['connection'], requestId: string): Promise<RunDocument | undefined> {
  const run = await runModel(connection).findOne({ requestIds: requestId }).sort({ startedAt: -1 }).lean<RunDocument>();
  return run ?? undefined;
}
