import type { RunDocument } from '@learnamp/learners';
import Type, { type Static } from 'typebox';
import { askerName, runStep, runSummary, skipWords, startedBy, triggerWords } from './run-words.ts';

const Count = Type.Integer({ minimum: 0 });

/** A run as people are shown it: counts for programs, words for people. */
export const RunView = Type.Object({
  id: Type.String(),
  /** Nothing of a preview has taken effect: its counts are what a full run would do. */
  mode: Type.Union([Type.Literal('full'), Type.Literal('delta'), Type.Literal('person'), Type.Literal('preview')]),
  state: Type.Union([
    Type.Literal('running'),
    Type.Literal('finished'),
    /** It came to its end, and something went wrong on the way: see `problem`. */
    Type.Literal('incomplete'),
    Type.Literal('interrupted'),
    /** Somebody asked for its end; what it had changed by then stays. */
    Type.Literal('cancelled'),
  ]),
  /** What caused it. */
  startedBy: Type.Union([
    Type.Literal('person'),
    Type.Literal('operator'),
    Type.Literal('notification'),
    Type.Literal('timer'),
  ]),
  /** Who asked for it, by name, where somebody did. */
  requestedBy: Type.Union([Type.String(), Type.Null()]),
  /** Who cancelled it, by name, where somebody did. */
  cancelledBy: Type.Union([Type.String(), Type.Null()]),
  /** Why there was a run, in words. */
  trigger: Type.String(),
  /** One sentence about the run as a whole. */
  summary: Type.String(),
  /** What it does now. */
  step: Type.String(),
  done: Count,
  /** 0 while unknown. */
  total: Count,
  startedAt: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
  counts: Type.Object({
    members: Count,
    created: Count,
    updated: Count,
    unchanged: Count,
    deactivated: Count,
    skipped: Count,
    /** Changes that wait for approval since the run. */
    held: Count,
    /** People whom the run brought and who wait in the conflict inbox. */
    conflicts: Count,
    /** Only of a preview: people of whom one reading isn't proof enough, and leavers who would stay as the last Owner. */
    unconfirmed: Type.Optional(Count),
    kept: Type.Optional(Count),
  }),
  /** Why people of the group were left as they are, and the first of them by name. */
  skipped: Type.Array(Type.Object({ reason: Type.String(), people: Count, first: Type.Array(Type.String()) })),
  problem: Type.Union([Type.String(), Type.Null()]),
  /** Manager chains that lead back to themselves, by people's names. */
  managerCycles: Type.Array(Type.Array(Type.String())),
});

export type RunView = Static<typeof RunView>;

/** Names for the ids in a run: of learners by learner id, of people by their id in the directory. */
export interface Names {
  learner(id: string): string | undefined;
  person(id: string): string | undefined;
}

export function runView(run: RunDocument, names: Names): RunView {
  const { created, updated, deactivated, conflicts = 0 } = run.applied;
  const { members, skipped, held = 0 } = run.counts;
  // Most of the unchanged are found so by directory-sync and never become an event; some only by the writer.
  const unchanged = run.counts.unchanged + run.applied.unchanged;
  const { unconfirmed = 0, kept = 0 } = run.applied;
  const planned = run.mode === 'preview' ? { unconfirmed, kept } : {};
  const counts = { members, created, updated, unchanged, deactivated, skipped, held, conflicts, ...planned };
  const state = stateOf(run);
  return {
    id: run._id,
    mode: run.mode,
    state,
    startedBy: startedBy(run),
    requestedBy: run.requestedBy ? askerName(run.requestedBy, names) : null,
    cancelledBy: run.cancelledBy ? askerName(run.cancelledBy, names) : null,
    trigger: triggerWords(run, names),
    summary: runSummary(run.mode, state, counts),
    step: runStep(run),
    done: run.progress.done,
    total: run.progress.total,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    counts,
    skipped: (run.skipped ?? []).map(({ reason, people, first }) => ({
      ...{ reason: skipWords[reason], people },
      first: first.map(({ personId, userPrincipalName }) => userPrincipalName ?? names.person(personId) ?? personId),
    })),
    problem: run.problem,
    managerCycles: run.managerCycles.map((cycle) => cycle.map((id) => names.person(id) ?? 'somebody who has left')),
  };
}

/** A run whose events are all in the topic goes on until they are applied: partial work is never shown as done. */
export function stateOf({
  stage,
  finishedAt,
  problem,
}: Pick<RunDocument, 'stage' | 'finishedAt' | 'problem'>): RunView['state'] {
  if (stage === 'interrupted' || stage === 'cancelled') return stage;
  if (stage !== 'finished' || finishedAt === null) return 'running';
  return problem === null ? 'finished' : 'incomplete';
}

/** Nothing of it changes any more. */
export const isOver = ({ state }: Pick<RunView, 'state'>): boolean => state !== 'running';
