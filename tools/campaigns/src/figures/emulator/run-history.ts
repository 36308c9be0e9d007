import { differences } from './compare.ts';
import { freshRead } from './fresh-read.ts';
import type { History, WalkStep } from './history.ts';
import type { Mistake } from './mistakes.ts';
import { organisation } from './organisation.ts';
import { TestGraph } from './test-graph.ts';
import type { WalkQuery } from './walk-query.ts';
import { Walker } from './walker.ts';
import { performWrite, type WriteName } from './writes.ts';

/** No round of a history has as many pages. */
const MOST_REQUESTS = 2000;

/** What came of a history. */
export interface Outcome {
  /** Where a walker's copy differs from a fresh read; nowhere when all is well. */
  readonly differences: readonly string[];
  /** The writes that Graph carried out. */
  readonly accepted: readonly WriteName[];
  readonly deltaRequests: number;
  /** Of these, how many went to a replica that lagged. */
  readonly lagging: number;
  /** Walks that were followed to the end: each walker's own, and one from each earlier moment. */
  readonly walks: number;
}

/**
 * Lets a history happen, then follows every delta link that was ever given to its end and compares with fresh reads:
 * first as it is, then with an empty recycle bin, where nothing is hidden from a read any more.
 */
export async function runHistory(history: History, mistake?: Mistake): Promise<Outcome> {
  const graph = new TestGraph(organisation(), history.delta);
  const walkers = history.walkers.map((query) => new Walker(graph, query, mistake));
  const accepted: WriteName[] = [];
  for (const [number, step] of history.steps.entries()) {
    graph.advance('waitSeconds' in step ? step.waitSeconds : 1);
    if ('walk' in step) await walk(walkers, step);
    else if ('write' in step && (await performWrite(graph, step, number))) accepted.push(step.write);
  }
  const all = [...walkers, ...walkers.flatMap((walker) => walker.moments.map((moment) => walker.since(moment)))];
  const found = await compareAll(graph, all, history);
  if (found.length === 0) {
    await emptyRecycleBin(graph);
    found.push(...(await compareAll(graph, all, history)));
  }
  return { differences: found, accepted, ...graph.counts, walks: all.length };
}

async function walk(
  walkers: readonly Walker[],
  { walk: how, walker: number, request, moment }: WalkStep,
): Promise<void> {
  const walker = walkers[number % walkers.length];
  if (walker === undefined) return;
  if (how === 'begin') await walker.begin(request);
  else if (how === 'go back') walker.goBack(moment);
  else if (how === 'lose the answer') await walker.lose(request);
  else if (how === 'ask twice') await walker.askTwice(request);
  else await walker.ask(request);
}

async function compareAll(graph: TestGraph, walkers: readonly Walker[], history: History): Promise<string[]> {
  const found: string[] = [];
  const hidden = new Set((await graph.recycleBin()).map(({ id }) => id));
  // Nothing is written meanwhile: who asked the same sees the same.
  const reads = new Map<WalkQuery, Awaited<ReturnType<typeof freshRead>>>();
  for (const walker of walkers) {
    await walkToTheEnd(walker, history);
    const read = reads.get(walker.query) ?? (await freshRead(graph, walker.query));
    reads.set(walker.query, read);
    const lines = differences(walker.copy.objects, read, { hidden, unseen: walker.unseen });
    found.push(...lines.map((line) => `${JSON.stringify(walker.query)}: ${line}`));
  }
  return found;
}

/** Two rounds: the one under way may have begun when something was still being written, or lagged. */
async function walkToTheEnd(walker: Walker, { afterwards }: History): Promise<void> {
  const plain = { walk: 'ask', request: { fault: {}, minimal: false } } as const;
  const habits = [...afterwards, plain];
  let rounds = 0;
  for (let requests = 0; rounds < 2; requests += 1) {
    if (requests > MOST_REQUESTS) throw new Error(`the round has no end: ${JSON.stringify(walker.query)}`);
    const { walk: how, request } = habits[requests % habits.length] ?? plain;
    if (how === 'lose the answer') await walker.lose(request);
    else if (await (how === 'ask twice' ? walker.askTwice(request) : walker.ask(request))) rounds += 1;
  }
}

/** Restores what can be restored; what can't, because its name is taken, is deleted for good. */
async function emptyRecycleBin(graph: TestGraph): Promise<void> {
  for (const { id } of await graph.recycleBin()) {
    const { status } = await graph.call('POST', `/directory/deletedItems/${id}/restore`, { body: {} });
    if (status >= 400) await graph.call('DELETE', `/directory/deletedItems/${id}`);
  }
}
