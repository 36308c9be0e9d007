import type { RunInProgress, WaitingRequest, WorkRecord } from '@learnamp/sync-state';
import type { UpdateQuery } from 'mongoose';
import type { RunContext } from './run-context.ts';

/** Somebody asked for the end of the run. None follows for it. */
export class RunCancelledError extends Error {
  readonly code = 'run-cancelled';
  readonly retriable = false;
  /** Who asked: a learner id, or the name of a command. */
  readonly by: string;

  constructor(by: string) {
    super('somebody cancelled the run');
    this.name = 'RunCancelledError';
    this.by = by;
  }
}

/** Of work that is no run, or so short that it is not cancelled. */
export const noCancel = (): Promise<undefined> => Promise.resolve(undefined);

/** A cancel, and the requests that are answered by it: those that had joined the run, or would have. */
export interface Cancel {
  readonly by: string;
  readonly requestIds: readonly string[];
}

/** Whether a cancel names this run, or a request that it answers. */
export const isAbout = (
  { cancels = '' }: WaitingRequest,
  { runId, requestIds }: Pick<RunInProgress, 'runId' | 'requestIds'>,
): boolean => cancels === runId || requestIds.includes(cancels);

/** The cancel of a run, where one has come. What was asked for after it is not meant by it. */
export function cancelOf(
  requests: readonly WaitingRequest[],
  run: Pick<RunInProgress, 'runId' | 'requestIds' | 'mode'>,
): Cancel | undefined {
  const at = requests.findIndex((asked) => asked.mode === 'cancel' && isAbout(asked, run));
  const cancel = requests[at];
  if (!cancel) return undefined;
  const cancels = requests.filter((asked) => asked.mode === 'cancel' && isAbout(asked, run));
  const joined = run.mode === 'person' ? [] : requests.slice(0, at).filter(({ mode }) => mode === run.mode);
  const answered = [...cancels, ...joined].map(({ requestId }) => requestId);
  return { by: cancel.requestedBy, requestIds: [...new Set([...run.requestIds, ...answered])] };
}

/**
 * A cancelled run is not begun again at once, and what it owes is not forgotten: a full run that stopped half-way has
 * saved a tree of people whom it did not read, so another one comes, as after one that could not read everybody.
 */
export async function planAfterCancel(
  { stores, organisation, clock, timings }: Pick<RunContext, 'stores' | 'organisation' | 'clock' | 'timings'>,
  mode: RunInProgress['mode'],
): Promise<void> {
  const inMs = (ms: number) => new Date(clock().getTime() + ms);
  const later = inMs(timings.longestGathering);
  const plans: Partial<Record<RunInProgress['mode'], UpdateQuery<WorkRecord>>> = {
    full: { nextFullAt: inMs(timings.deltaEvery) },
    delta: {
      ...{ nextDeltaAt: inMs(timings.deltaEvery), nextHintedAt: later },
      nextGroupCheckAt: { $cond: ['$nextGroupCheckAt', { $max: ['$nextGroupCheckAt', later] }, null] },
    },
  };
  const plan = plans[mode];
  if (!plan) return;
  // Settings that changed since the run began have made a full run due, and it stays due.
  const current = { _id: organisation.id as never, settledRevision: { $lte: organisation.revision } };
  await stores.workRecords.collection.updateOne(current, [{ $set: plan }]);
}
