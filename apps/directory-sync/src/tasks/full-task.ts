import { traceparent } from '@learnamp/tracing';
import { noteLinksRead } from '../delta/delta-links.ts';
import { RootGroupMissingError } from '../group-tree/walk-group-tree.ts';
import { fullRun, type Interlude } from '../runs/full-run.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { RunReporter } from '../runs/run-reporter.ts';
import { RunStoppedError, stopIfNeeded } from '../runs/stop-if-needed.ts';
import { nameOfGroup } from '../tenants/permission-missing.ts';
import type { FullTask } from '../work/plan.ts';
import { asCancellableRun, problemOf } from './as-run.ts';
import { joinWaiting } from './join-waiting.ts';
import { serveShortWork } from './serve-short-work.ts';

/** Spreads organisations over the day: between 95 % and 105 % of the wanted time. */
const jittered = (ms: number, random: () => number) => ms * (0.95 + 0.1 * random());

/** A full run, with what is to be served between its steps, and the plan for afterwards. */
export async function performFull(
  context: RunContext,
  { kind, ...cause }: FullTask,
  random: () => number,
): Promise<void> {
  const touched = new Set<string>();
  const result = await asCancellableRun(context, { mode: kind, ...cause }, (run, own) =>
    readWhole(own, run, { touched, serve: () => serveBetween(own, run, touched) }),
  );
  if (!result) return;
  await planAfter(context, result, random);
  if (result.runId) await noteLinksRead(context);
}

/** What a reading of the whole group came to. */
export interface WholeReading {
  /** Null where there was no group to read. */
  readonly runId: string | null;
  readonly complete: boolean;
  readonly problem?: string;
  /** The trace of the run, which its photos belong to as well. */
  readonly traceparent?: string | undefined;
}

export async function readWhole(context: RunContext, run: RunReporter, interlude: Interlude): Promise<WholeReading> {
  try {
    const { unreadable } = await fullRun(context, run, interlude);
    const problem = await problemAfter(context, run, unreadable);
    return {
      runId: run.runId,
      complete: unreadable === 0,
      traceparent: traceparent(),
      ...(problem ? { problem } : {}),
    };
  } catch (error) {
    // Nothing that a repetition in a second would mend, and nobody is removed for it.
    if (!(error instanceof RootGroupMissingError)) throw error;
    return { runId: null, complete: false, problem: problemOf(error) };
  }
}

/** What an administrator has to know of a run that came to its end all the same. */
async function problemAfter(
  { stores, organisation }: RunContext,
  { counts }: RunReporter,
  unreadable: number,
): Promise<string | undefined> {
  if (unreadable > 0) return `${unreadable} people could not be read`;
  if (counts.members > 0) return undefined;
  const { groupId } = organisation.microsoft;
  const root = await stores.groupNodes.findOne({ organisationId: organisation.id, groupId }).lean();
  return `${nameOfGroup(groupId, root?.displayName)} has no people in it: add people or groups of people to it in Entra`;
}

async function planAfter(
  { stores, organisation, clock, timings }: RunContext,
  result: WholeReading,
  random: () => number,
): Promise<void> {
  const now = clock().getTime();
  const inMs = (ms: number) => new Date(now + ms);
  const photos = result.runId && organisation.provisioning.photos;
  const nextFullAt = inMs(result.complete ? jittered(timings.fullEvery, random) : timings.deltaEvery);
  // Settings that changed since this run began have made another one due, and it stays due.
  const outdated = { $gt: ['$settledRevision', organisation.revision] };
  await stores.workRecords.collection.updateOne({ _id: organisation.id as never }, [
    {
      $set: {
        nextFullAt: { $cond: [outdated, '$nextFullAt', nextFullAt] },
        ...(result.runId ? { setUpAt: { $ifNull: ['$setUpAt', new Date(now)] } } : {}),
        ...(photos
          ? { nextPhotosAt: inMs(0), photosRunId: result.runId, photosTraceparent: result.traceparent ?? null }
          : {}),
      },
    },
  ]);
}

/** Keeps a long run from holding anything up: short work is served, and a pause takes effect. */
async function serveBetween(context: RunContext, run: RunReporter, touched: Set<string>): Promise<void> {
  await stopIfNeeded(context);
  await joinWaiting(context, run, 'full');
  const served = await serveShortWork(context);
  // The links that this run began with are gone, and with them what changed since it began.
  if (served.startingOver) throw new RunStoppedError('the delta links expired: the run begins again');
  for (const personId of served.touched) touched.add(personId);
}
