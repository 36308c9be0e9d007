import fc from 'fast-check';
import { type History, histories } from './history.ts';
import { type Outcome, type Place, runHistory } from './run-history.ts';
import type { WriteName } from './writes.ts';

/** Seeds go up to this, so that each can be given on a command line. */
const SEEDS = 2 ** 31;

/** How long smaller histories are looked for. */
const SHRINKING_MS = 60_000;

/** A history that ended otherwise than it should. */
export interface Failure {
  /** The seed that draws this history: as `--seed`, the first of a run. */
  readonly seed: number;
  readonly history: History;
  readonly differences: readonly string[];
}

/** What many histories came to. */
export interface Tally extends Pick<Outcome, 'graphRequests' | 'deaths' | 'people'> {
  readonly histories: number;
  readonly accepted: readonly WriteName[];
  readonly failures: readonly Failure[];
}

export interface CheckOptions {
  readonly seed: number;
  readonly count: number;
  /** How many failures end the check. */
  readonly failures: number;
  /** Whether a failing history is made smaller, which takes a while. */
  readonly shrink: boolean;
  readonly onHistory?: (number: number) => void;
}

/** Runs histories, each drawn by a seed of its own, until enough of them have failed. */
export async function checkHistories(place: Place, options: CheckOptions): Promise<Tally> {
  const total = { graphRequests: 0, deaths: 0, people: 0 };
  const accepted = new Set<WriteName>();
  const failures: Failure[] = [];
  let number = 0;
  while (number < options.count && failures.length < options.failures) {
    options.onHistory?.(number);
    const seed = (options.seed + number) % SEEDS;
    number += 1;
    const history = historyOf(seed);
    const outcome = await outcomeOf(history, place);
    total.graphRequests += outcome.graphRequests;
    total.deaths += outcome.deaths;
    total.people += outcome.people;
    for (const write of outcome.accepted) accepted.add(write);
    if (outcome.differences.length === 0) continue;
    const failed = { history, differences: outcome.differences };
    failures.push({ seed, ...(options.shrink ? await smaller(failed, place) : failed) });
  }
  return { ...total, histories: number, accepted: [...accepted], failures };
}

function historyOf(seed: number): History {
  const [history] = fc.sample(histories, { seed, numRuns: 1 });
  if (history === undefined) throw new Error('no history was drawn');
  return history;
}

type Failed = Omit<Failure, 'seed'>;

/** Leaves steps out, many at once and then one by one, as long as the history still fails. */
async function smaller(failed: Failed, place: Place): Promise<Failed> {
  const until = Date.now() + SHRINKING_MS;
  let smallest = failed;
  for (let size = Math.ceil(failed.history.steps.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let start = 0; start < smallest.history.steps.length && Date.now() < until;) {
      const steps = smallest.history.steps.toSpliced(start, size);
      const history = { ...smallest.history, steps };
      const { differences } = await outcomeOf(history, place);
      if (differences.length > 0) smallest = { history, differences };
      else start += size;
    }
  }
  return smallest;
}

/** A history that can't be carried out is one that went wrong. */
async function outcomeOf(history: History, place: Place): Promise<Outcome> {
  try {
    return await runHistory(history, place);
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { differences: [said], accepted: [], graphRequests: 0, deaths: 0, people: 0 };
  }
}
