import { randomUUID } from 'node:crypto';
import { encodeEvent, previewMarker, runMarker, type RunMarker, runMarkerKey } from '@learnamp/contracts';
import type { RequestCount } from '@learnamp/graph-client';
import type { RunInProgress } from '@learnamp/sync-state';
import { withVersions } from '../emission/with-versions.ts';
import type { UnreadableFields } from '../mapping/map-people.ts';
import { type Cancel, cancelOf, planAfterCancel } from './cancelling.ts';
import type { RunContext } from './run-context.ts';
import type { SkippedPeople } from './skipped-people.ts';

/** What the reporter counts by itself. */
type Graphs = 'graphRequests' | 'throttled' | 'throttledSeconds';
type Counts = { -readonly [Name in keyof RunMarker['counts']]: number };

/** Tells profile-writer, and so everybody, how a run goes. */
export interface RunReporter {
  readonly runId: string;
  /** No full run has come to its end before: everybody is new, so additions are not counted. */
  readonly isFirst: boolean;
  /** Kept by the run; what Graph was asked, and how it answered, is added when it reports. */
  readonly counts: Omit<Counts, Graphs>;
  /** Noted by the run; told with every report. */
  readonly skippedPeople: SkippedPeople;
  readonly unreadableFields: UnreadableFields;
  /** Noted by the run: permissions without which some of it could not be done. Told at its end. */
  readonly missingPermissions: Set<string>;
  /** Says what the run does now. Reports at most every `timings.progressEvery`. */
  progress(step: string, done: number, total: number): Promise<void>;
  /** Lets requests that came meanwhile be answered by this run. */
  join(requestIds: readonly string[]): Promise<void>;
  /** Who asked for its end, where somebody did. */
  cancelledBy(): Promise<string | undefined>;
  finished(problem?: string): Promise<void>;
  cancelled(): Promise<void>;
  interrupted(problem: string): Promise<void>;
}

/** What whoever decides about people notes of them. */
export type RunNotes = Pick<
  RunReporter,
  'runId' | 'counts' | 'isFirst' | 'skippedPeople' | 'unreadableFields' | 'missingPermissions'
>;

/** Begins a run: notes it in the work record, so that it can be closed if we die, and says that it started. */
export async function startRun(context: RunContext, about: Omit<RunInProgress, 'runId'>): Promise<RunReporter> {
  const { stores, organisation, graph, clock, timings, logger } = context;
  const run: RunInProgress = { runId: randomUUID(), ...about };
  const { mode, trigger } = run;
  const answered = new Set(run.requestIds);
  const before = { ...graph.requests };
  const counts: RunReporter['counts'] = { members: 0, emitted: 0, unchanged: 0, skipped: 0 };
  const unreadableFields: UnreadableFields = new Map();
  const skippedPeople: SkippedPeople = new Map();
  const missingPermissions = new Set<string>();
  const position = { step: 'starting', done: 0, total: 0 };
  const startedAt = clock().getTime();
  let reportedAt = startedAt;
  let cancelled: Cancel | undefined;

  const report = async (stage: RunMarker['stage'], problem?: string) => {
    await emitMarker(
      context,
      { ...run, requestIds: [...answered] },
      {
        stage,
        ...(cancelled ? { cancelledBy: cancelled.by } : {}),
        progress: { ...position },
        counts: { ...counts, ...graphCounts(before, graph.requests) },
        ...(skippedPeople.size > 0 ? { skipped: [...skippedPeople.values()] } : {}),
        ...(unreadableFields.size > 0 ? { unreadableFields: reported(unreadableFields) } : {}),
        ...(problem === undefined ? {} : { problem }),
      },
    );
    reportedAt = clock().getTime();
  };
  const cancel = async () => {
    const { requests } = await stores.workRecords.findById(organisation.id, { requests: 1 }).lean().orFail();
    return cancelOf(requests, { ...run, requestIds: [...answered] });
  };
  const end = async (stage: 'finished' | 'interrupted' | 'cancelled', problem?: string) => {
    const told = [problem, ...[...missingPermissions].map(permissionProblem)].filter((text) => text !== undefined);
    await report(stage, told.length > 0 ? told.join('; ') : undefined);
    await close(context, run.runId, stage === 'interrupted' ? [] : [...answered]);
    logger.info({ organisationId: organisation.id, runId: run.runId, mode, stage, problem, ...counts }, 'run ended');
    context.observer?.runEnded({ mode, stage, seconds: (clock().getTime() - startedAt) / 1000 });
  };

  const record = await stores.workRecords
    .findOneAndUpdate({ _id: organisation.id }, { $push: { running: run } })
    .lean();
  await report('started');
  logger.info({ organisationId: organisation.id, runId: run.runId, mode, trigger }, 'run started');
  return {
    runId: run.runId,
    isFirst: !record?.setUpAt,
    counts,
    skippedPeople,
    unreadableFields,
    missingPermissions,
    progress: async (step, done, total) => {
      const changedStep = step !== position.step;
      Object.assign(position, { step, done, total });
      if (changedStep || clock().getTime() - reportedAt >= timings.progressEvery) await report('progressed');
    },
    join: async (joining) => {
      const before = answered.size;
      for (const requestId of joining) answered.add(requestId);
      if (answered.size > before) await report('progressed');
    },
    cancelledBy: async () => (await cancel())?.by,
    finished: (problem) => end('finished', problem),
    cancelled: async () => {
      cancelled = await cancel();
      await planAfterCancel(context, mode);
      for (const requestId of cancelled?.requestIds ?? []) answered.add(requestId);
      await end('cancelled');
    },
    interrupted: (problem) => end('interrupted', problem),
  };
}

function graphCounts(before: RequestCount, now: RequestCount) {
  return {
    graphRequests: now.http - before.http,
    throttled: now.throttled - before.throttled,
    throttledSeconds: Math.ceil((now.askedToWaitMs - before.askedToWaitMs) / 1000),
  };
}

const permissionProblem = (permission: string) =>
  `the application needs the permission ${permission}, with admin consent`;

const reported = (fields: UnreadableFields) => [...fields].map(([field, noted]) => ({ field, ...noted }));

/** The run is over, and so are these requests. */
async function close(
  { stores, organisation }: RunContext,
  runId: string,
  requestIds: readonly string[],
): Promise<void> {
  const over = { running: { runId }, requests: { requestId: { $in: requestIds } } };
  await stores.workRecords.updateOne({ _id: organisation.id }, { $pull: over });
}

const nothingCounted = { members: 0, emitted: 0, unchanged: 0, skipped: 0, graphRequests: 0 };

/** Closes the runs that a dead holder of the lease left open. */
export async function closeInterruptedRuns(context: RunContext): Promise<void> {
  const record = await context.stores.workRecords.findById(context.organisation.id).lean();
  for (const run of record?.running ?? []) {
    const cancel = cancelOf(record?.requests ?? [], run);
    if (!cancel) {
      await tellInterrupted(context, run);
      continue;
    }
    await planAfterCancel(context, run.mode);
    await tellCancelled(context, run, cancel);
  }
}

async function tellInterrupted(context: RunContext, run: RunInProgress): Promise<void> {
  await emitMarker(context, run, {
    stage: 'interrupted',
    progress: { step: 'interrupted', done: 0, total: 0 },
    counts: nothingCounted,
    problem: 'the worker ended in the middle of the run; another run follows',
  });
  await close(context, run.runId, []);
}

/** Closes a run that was cancelled and that nobody works at: it has not begun, or its worker died. */
export async function tellCancelled(context: RunContext, run: RunInProgress, cancel: Cancel): Promise<void> {
  await emitMarker(
    context,
    { ...run, requestIds: cancel.requestIds },
    {
      stage: 'cancelled',
      cancelledBy: cancel.by,
      progress: { step: 'cancelled', done: 0, total: 0 },
      counts: nothingCounted,
    },
  );
  await close(context, run.runId, cancel.requestIds);
}

async function emitMarker(
  context: RunContext,
  run: RunInProgress,
  said: Pick<RunMarker, 'stage' | 'cancelledBy' | 'progress' | 'counts' | 'skipped' | 'unreadableFields' | 'problem'>,
): Promise<void> {
  const { organisation, clock, publish } = context;
  const marker = await withVersions(context, 1, ([version = '']) =>
    Promise.resolve({
      organisationId: organisation.id,
      runId: run.runId,
      version,
      mode: run.mode,
      at: clock().toISOString(),
      trigger: run.trigger,
      ...(run.requestedBy === undefined ? {} : { requestedBy: run.requestedBy }),
      ...(run.gapSince === undefined ? {} : { gapSince: run.gapSince }),
      ...(run.changesSince === undefined ? {} : { changesSince: run.changesSince }),
      requestIds: [...run.requestIds],
      ...said,
    }),
  );
  const key = runMarkerKey(marker);
  const about = { organisationId: organisation.id, source: 'directory-sync', time: clock(), key };
  await publish([encodeEvent(run.mode === 'preview' ? previewMarker : runMarker, marker, about)]);
}
