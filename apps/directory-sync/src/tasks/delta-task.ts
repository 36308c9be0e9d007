import { GraphError } from '@learnamp/graph-client';
import type { Hints, WorkRecord } from '@learnamp/sync-state';
import { dropLinks, hasUsersLink } from '../delta/delta-links.ts';
import { activePersonIds, syncPhotos } from '../photos/photo-run.ts';
import { deltaRun, type DeltaRunResult } from '../runs/delta-run.ts';
import type { RunContext } from '../runs/run-context.ts';
import { forgetTakenHints, takeHints } from '../work/due.ts';
import { type DeltaTask, isHint } from '../work/plan.ts';
import { areRelevant } from '../work/relevant-hints.ts';
import { asRun } from './as-run.ts';

/** What became of a delta task: a run, no run because the hints were none of ours, or no links that could be followed. */
export type DeltaOutcome =
  { readonly kind: 'done'; readonly result: DeltaRunResult } | { readonly kind: 'irrelevant' | 'starting-over' };

/** A delta run and the plan for afterwards. */
export async function performDelta(context: RunContext, task: DeltaTask, record: WorkRecord): Promise<DeltaOutcome> {
  const { stores, organisation } = context;
  if (!(await hasUsersLink(context))) return startOver(context);
  const hints = await takeHints(stores.workRecords, organisation.id);
  if (task.trigger === 'notification' && !(await areRelevant(context, hints))) {
    await forgetTakenHints(stores.workRecords, organisation.id);
    return { kind: 'irrelevant' };
  }
  try {
    const result = await followChanges(context, task, record);
    await planAfter(context, record, hints, result);
    return { kind: 'done', result };
  } catch (error) {
    if (!isOfUnusableLink(error)) throw error;
    return startOver(context);
  }
}

/** A link that Graph forgot, or one of another Graph than the configured one: no repetition makes it speak again. */
const isOfUnusableLink = (error: unknown) =>
  error instanceof GraphError && (error.code === 'delta-token-expired' || error.code === 'foreign-link');

function followChanges(context: RunContext, { trigger, requestIds }: DeltaTask, record: WorkRecord) {
  return asRun(context, { mode: 'delta', trigger, requestIds }, async (run) => {
    const done = await deltaRun(context, run, {
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

async function planAfter(context: RunContext, record: WorkRecord, hints: Hints, result: DeltaRunResult): Promise<void> {
  const { stores, organisation, clock, timings } = context;
  const now = clock();
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  // Graph's replicas lag: a hint that shows nothing yet is followed up, and so is whoever isn't read or proved yet.
  const hinted = isHint(hints) || record.emptyRounds > 0;
  const early = (hinted && result.empty) || result.unproved > 0 || result.unread > 0;
  const retryAfter = early ? timings.emptyRoundRetries[record.emptyRounds] : undefined;
  const checked = dueGroups(record, now);
  const waiting = checked.length < record.groupsToCheck.length ? record.nextGroupCheckAt : null;

  await forgetTakenHints(stores.workRecords, organisation.id);
  await stores.workRecords.updateOne(
    { _id: organisation.id },
    {
      $pullAll: { groupsToCheck: checked },
      $set: {
        nextDeltaAt: inMs(retryAfter ?? timings.deltaEvery),
        emptyRounds: retryAfter === undefined ? 0 : record.emptyRounds + 1,
        nextGroupCheckAt: result.newGroups.length > 0 ? inMs(timings.groupCheckAfter) : waiting,
      },
    },
  );
  if (result.newGroups.length > 0) {
    await stores.workRecords.updateOne(
      { _id: organisation.id },
      { $addToSet: { groupsToCheck: { $each: result.newGroups } } },
    );
  }
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
