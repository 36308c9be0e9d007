import { GraphError } from '@learnamp/graph-client';
import type { WorkRecord } from '@learnamp/sync-state';
import { dropLinks, hasLinks, outdatedLinks } from '../delta/delta-links.ts';
import { peopleLinksAreScattered } from '../delta/people-links.ts';
import { activePersonIds, syncPhotos } from '../photos/photo-run.ts';
import { deltaRun, type DeltaRunResult } from '../runs/delta-run.ts';
import type { RunContext } from '../runs/run-context.ts';
import { apart } from '../tracing/stage.ts';
import { changesSince, followedAfter } from '../work/changes-since.ts';
import { planAfterDelta } from '../work/plan-after-delta.ts';
import { forgetTakenHints, listenAnew, takeHints, type TakenHints } from '../work/due.ts';
import type { DeltaTask } from '../work/plan.ts';
import { areRelevant } from '../work/relevant-hints.ts';
import { asCancellableRun } from './as-run.ts';

/**
 * What became of a delta task: a run, one that was cancelled, no run because the hints were none of ours, or no links that
 * could be followed.
 */
export type DeltaOutcome =
  | { readonly kind: 'done'; readonly result: DeltaRunResult }
  | { readonly kind: 'cancelled' | 'irrelevant' | 'starting-over' };

/** A delta run and the plan for afterwards. */
export async function performDelta(context: RunContext, task: DeltaTask, record: WorkRecord): Promise<DeltaOutcome> {
  const { stores, organisation } = context;
  if (!(await hasLinks(context))) return startOver(context);
  const renew = (await outdatedLinks(context)).length > 0 || (await peopleLinksAreScattered(context));
  if (renew) await planFullRun(context);
  const taken = await takeHints(stores.workRecords, organisation.id);
  if (task.trigger === 'notification' && !(await areRelevant(context, taken.hints))) {
    await apart('hints of nobody we follow', tracesOf(task, taken), () =>
      forgetTakenHints(stores.workRecords, organisation.id),
    );
    return { kind: 'irrelevant' };
  }
  await listenAnew(stores.workRecords, organisation.id);
  const round = { record, taken, startedAt: context.clock(), since: changesSince(record, taken) };
  try {
    const result = await followChanges(context, { ...task, ...toldOf(task, round) }, record);
    // Its round isn't over: the hints that were taken are answered by the next one.
    if (!result) return { kind: 'cancelled' };
    await planAfter(context, round, result);
    return { kind: 'done', result };
  } catch (error) {
    if (!isOfUnusableLink(error)) throw error;
    return startOver(context);
  }
}

/** A link that Graph forgot, or one of another Graph than the configured one: no repetition makes it speak again. */
const isOfUnusableLink = (error: unknown) =>
  error instanceof GraphError && (error.code === 'delta-token-expired' || error.code === 'foreign-link');

const tracesOf = ({ traceparents = [] }: DeltaTask, { hints }: TakenHints) => [
  ...traceparents,
  ...(hints.traceparents ?? []),
];

/** A delta round that has begun. */
interface Round {
  /** As it was when the round was planned. */
  readonly record: WorkRecord;
  readonly taken: TakenHints;
  readonly startedAt: Date;
  /** Since when the changes could have been there that it follows; null where nobody knows. */
  readonly since: Date | null;
}

/** What the hints that were taken tell of a round. */
const toldOf = (task: DeltaTask, { taken, since }: Round) => ({
  ...(since ? { changesSince: since.toISOString() } : {}),
  traceparents: tracesOf(task, taken),
});

function followChanges(context: RunContext, { kind, ...cause }: DeltaTask, record: WorkRecord) {
  return asCancellableRun(context, { mode: kind, ...cause }, async (run, own) => {
    const done = await deltaRun(own, run, {
      reread: dueGroups(record, context.clock()),
      owed: record.peopleToRead,
      mayLag: context.timings.emptyRoundRetries[record.emptyRounds] !== undefined,
    });
    if (context.organisation.provisioning.photos) {
      const learners = await activePersonIds(context, done.entered);
      await syncPhotos(context, run.runId, learners, () => Promise.resolve());
    }
    return done;
  });
}

const dueGroups = ({ nextGroupCheckAt, groupsToCheck }: WorkRecord, now: Date) =>
  nextGroupCheckAt && nextGroupCheckAt <= now ? groupsToCheck : [];

async function planAfter(
  { stores, organisation, clock, timings }: RunContext,
  round: Round,
  result: DeltaRunResult,
): Promise<void> {
  const { record, taken } = round;
  const { emptyRounds, nextHintedAt: gatheredUntil } = record;
  await forgetTakenHints(stores.workRecords, organisation.id);
  const plan = planAfterDelta({ taken, emptyRounds, gatheredUntil, result }, clock(), timings);
  const followedUntil = followedAfter(round, plan);
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { ...plan, followedUntil, gapSince: null } });
}

/**
 * The links say nothing any more, so only a whole read can. New ones are taken before it, as in any full run; until
 * then there is nothing to follow. Hints that were taken stay, for the first delta run after it.
 */
async function startOver(context: RunContext): Promise<DeltaOutcome> {
  const { stores, organisation, clock } = context;
  await dropLinks(context);
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { nextFullAt: clock(), nextDeltaAt: null } });
  return { kind: 'starting-over' };
}

/** Links of other properties don't tell everything that is wanted now; and many small ones cost a request each round. */
async function planFullRun({ stores, organisation, clock }: RunContext): Promise<void> {
  await stores.workRecords.updateOne({ _id: organisation.id }, { $min: { nextFullAt: clock() } });
}
