import fc from 'fast-check';
import { histories, type History } from './history.ts';
import type { Mistake } from './mistakes.ts';
import { runHistory, type Outcome } from './run-history.ts';
import type { WriteName } from './writes.ts';

/** Seeds go up to this, so that each can be given on a command line. */
const SEEDS = 2 ** 31;

/** How long smaller histories are looked for. */
const SHRINKING_MS = 30_000;

/** A history that ended with differences. */
export interface Failure {
  /** The seed that draws this history: as `--seed`, the first of a run. */
  readonly seed: number;
  /** The smallest history found that still fails, and how. */
  readonly history: History;
  readonly differences: readonly string[];
}

/** What many histories came to. */
export interface Tally extends Pick<Outcome, 'deltaRequests' | 'lagging' | 'walks'> {
  readonly histories: number;
  /** The kinds of write that Graph carried out in any of them. */
  readonly accepted: ReadonlySet<WriteName>;
  /** The first that failed; the rest was not run then. */
  readonly failure?: Failure;
}

export interface CheckOptions {
  readonly seed: number;
  readonly count: number;
  readonly mistake?: Mistake;
  /** Whether a failing history is made smaller, which takes a while. */
  readonly shrink?: boolean;
  readonly onHistory?: (number: number) => void;
}

/** Runs histories, each drawn by a seed of its own, until one fails. */
export async function checkHistories(options: CheckOptions): Promise<Tally> {
  const { seed, count, mistake, onHistory } = options;
  const total = { deltaRequests: 0, lagging: 0, walks: 0 };
  const accepted = new Set<WriteName>();
  for (let number = 0; number < count; number += 1) {
    onHistory?.(number);
    const own = (seed + number) % SEEDS;
    const [history] = fc.sample(histories, { seed: own, numRuns: 1 });
    if (history === undefined) throw new Error('no history was drawn');
    const outcome = await outcomeOf(history, mistake);
    total.deltaRequests += outcome.deltaRequests;
    total.lagging += outcome.lagging;
    total.walks += outcome.walks;
    for (const write of outcome.accepted) accepted.add(write);
    if (outcome.differences.length === 0) continue;
    const smallest = options.shrink ? await shrink(own, mistake) : { history, differences: outcome.differences };
    return { ...total, accepted, histories: number + 1, failure: { seed: own, ...smallest } };
  }
  return { ...total, accepted, histories: count };
}

async function shrink(seed: number, mistake: Mistake | undefined): Promise<Omit<Failure, 'seed'>> {
  const property = fc.asyncProperty(histories, async (history) => {
    return (await outcomeOf(history, mistake)).differences.length === 0;
  });
  const options = { seed, numRuns: 1, interruptAfterTimeLimit: SHRINKING_MS };
  const { counterexample } = await fc.check(property, options);
  const [history] = counterexample ?? fc.sample(histories, { seed, numRuns: 1 });
  if (history === undefined) throw new Error('no history was drawn');
  return { history, differences: (await outcomeOf(history, mistake)).differences };
}

/** A history that can't be carried out is one that went wrong; with a mistake it proves nothing. */
async function outcomeOf(history: History, mistake: Mistake | undefined): Promise<Outcome> {
  try {
    return await runHistory(history, mistake);
  } catch (error) {
    if (mistake !== undefined) throw error;
    return {
      differences: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      accepted: [],
      deltaRequests: 0,
      lagging: 0,
      walks: 0,
    };
  }
}
