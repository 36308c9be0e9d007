import { GraphError } from '@learnamp/graph-client';
import { dropLinks } from '../delta/delta-links.ts';
import { syncPhotos } from '../photos/photo-run.ts';
import { confirmDeletions } from '../removal/confirm-deletions.ts';
import { deltaRun, type DeltaRunResult } from '../runs/delta-run.ts';
import { personRun } from '../runs/person-run.ts';
import { pendingStates, reconsiderPending } from '../runs/reconsider-pending.ts';
import type { RunContext } from '../runs/run-context.ts';
import { clearHints } from '../work/due.ts';
import { type DeltaTask, hasHints, type Task } from '../work/plan.ts';
import { areRelevant } from '../work/relevant-hints.ts';
import type { WorkRecord } from '../work/work-record-model.ts';
import { asRun } from './as-run.ts';

type PersonTask = Extract<Task, { kind: 'person' }>;

/** A delta run and the plan for afterwards; undefined when the hints turned out to be none of ours. */
export async function performDelta(
  context: RunContext,
  { trigger, requestIds }: DeltaTask,
  record: WorkRecord,
): Promise<DeltaRunResult | undefined> {
  const { stores, organisation } = context;
  if (trigger === 'notification' && !(await areRelevant(context, record.hints))) {
    await clearHints(stores.workRecords, organisation.id, record.hints);
    return undefined;
  }
  try {
    const result = await asRun(context, { mode: 'delta', trigger, requestIds }, async (run) => {
      const done = await deltaRun(context, run, dueGroups(record, context.clock()));
      if (organisation.provisioning.photos) {
        await syncPhotos(context, run.runId, done.entered, () => Promise.resolve());
      }
      return done;
    });
    await planAfter(context, record, result);
    return result;
  } catch (error) {
    if (!(error instanceof GraphError) || error.code !== 'delta-token-expired') throw error;
    return startOver(context);
  }
}

const dueGroups = ({ nextGroupCheckAt, groupsToCheck }: WorkRecord, now: Date) =>
  nextGroupCheckAt && nextGroupCheckAt <= now ? groupsToCheck : [];

async function planAfter(context: RunContext, record: WorkRecord, result: DeltaRunResult): Promise<void> {
  const { stores, organisation, clock, timings } = context;
  const now = clock();
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  // Graph's replicas lag: a hint that shows nothing yet is followed up, and so is a leaver who isn't proved yet.
  const early = (hasHints(record) && result.empty) || result.unproved > 0;
  const retryAfter = early ? timings.emptyRoundRetries[record.emptyRounds] : undefined;
  const checked = dueGroups(record, now);
  const checkAgain = result.newGroups.length > 0 || checked.length < record.groupsToCheck.length;

  await clearHints(stores.workRecords, organisation.id, record.hints);
  await stores.workRecords.updateOne(
    { _id: organisation.id },
    {
      $pullAll: { groupsToCheck: checked },
      $set: {
        nextDeltaAt: inMs(retryAfter ?? timings.deltaEvery),
        emptyRounds: retryAfter === undefined ? 0 : record.emptyRounds + 1,
        nextGroupCheckAt: checkAgain ? inMs(timings.groupCheckAfter) : null,
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

/** The link says nothing any more, so only a whole read can. New links are taken before it, as in any full run. */
async function startOver(context: RunContext): Promise<undefined> {
  const { stores, organisation, clock, timings } = context;
  await dropLinks(context);
  const nextDeltaAt = new Date(clock().getTime() + timings.deltaEvery);
  await stores.workRecords.updateOne({ _id: organisation.id }, { $set: { nextFullAt: clock(), nextDeltaAt } });
  return undefined;
}

export async function performPerson(context: RunContext, { personId, requestIds }: PersonTask): Promise<void> {
  await asRun(context, { mode: 'person', trigger: 'request', requestIds }, async (run) => {
    await personRun(context, run, personId);
    return {};
  });
}

/** Asks again for people who were missing minutes ago. */
export async function performDeletions(context: RunContext): Promise<void> {
  await asRun(context, { mode: 'delta', trigger: 'missing people', requestIds: [] }, async (run) => {
    await confirmDeletions(context, run);
    return {};
  });
}

/** Brings to an end what a former holder of the lease decided and may not have published. */
export async function performRecovery(context: RunContext): Promise<void> {
  const pending = await pendingStates(context);
  if (pending.length === 0) return;
  await asRun(context, { mode: 'delta', trigger: 'recovery', requestIds: [] }, async (run) => {
    await reconsiderPending(context, run, pending);
    return {};
  });
}
