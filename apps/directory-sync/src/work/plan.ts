import type { Hints, RunInProgress, WaitingRequest, WorkRecord } from '@learnamp/sync-state';
import { isAbout } from '../runs/cancelling.ts';

/** Why there is to be a run. */
export type Cause = Pick<
  RunInProgress,
  'trigger' | 'requestedBy' | 'gapSince' | 'changesSince' | 'requestIds' | 'traceparents'
>;

/** The next thing to do for an organisation. */
export type Task =
  | ({ readonly kind: 'person'; readonly personId: string } & Cause)
  | { readonly kind: 'verdict'; readonly request: WaitingRequest }
  | ReadingTask
  | CancelTask
  | ErasureTask
  | DeltaTask
  | FullTask
  | PreviewTask
  | { readonly kind: 'second-look' | 'deletions' | 'subscriptions' | 'photos' };

export interface ReadingTask {
  readonly kind: 'inspection' | 'question';
  readonly request: WaitingRequest;
}
/** Somebody doesn't want what waits any more, or it is over already. */
export interface CancelTask {
  readonly kind: 'cancel';
  readonly request: WaitingRequest;
}
/** Somebody is to be forgotten. */
export interface ErasureTask {
  readonly kind: 'erasure';
  readonly request: WaitingRequest;
}
export type DeltaTask = { readonly kind: 'delta' } & Cause;
export type FullTask = { readonly kind: 'full' } & Cause;
export type PreviewTask = { readonly kind: 'preview' } & Cause;

/** What may take hours in a large organisation; everything else takes seconds. */
export const isLong = ({ kind }: Task): boolean => kind === 'photos' || longModes.some((mode) => mode === kind);

/** What is asked for by these is long work. */
export const longModes = ['full', 'preview'] as const;

const isDue = (at: Date | null, now: Date) => at !== null && at <= now;

export const isHint = ({ userIds, groupIds, overflow }: Hints) => overflow || userIds.length + groupIds.length > 0;

/** Hints that may be followed now: after a burst they are gathered first. */
const hintsDue = ({ hints, answering, nextHintedAt }: WorkRecord, now: Date) =>
  (isHint(hints) || isHint(answering)) && nextHintedAt <= now;

/**
 * What comes first: what somebody waits for, then what keeps the thirty minutes (delta), then the long work. Before an
 * organisation's first full run there are no links to follow, so that run comes before any delta.
 */
export function nextTask(record: WorkRecord, now: Date): Task | undefined {
  return (
    erasureTask(record) ??
    readingTask(record) ??
    cancelTask(record) ??
    personTask(record) ??
    verdictTask(record) ??
    deltaTask(record, now) ??
    dueTask(record, now) ??
    previewTask(record) ??
    fullTask(record, now) ??
    photoTask(record, now)
  );
}

/** Before anything else: what is read of them after it is read in vain. */
export function erasureTask({ requests }: WorkRecord): ErasureTask | undefined {
  const request = requests.find(({ mode }) => mode === 'erase');
  return request && { kind: 'erasure', request };
}

/** One by one: they take a second each, and somebody waits. */
export function readingTask({ requests }: WorkRecord): ReadingTask | undefined {
  const request = requests.find(({ mode }) => mode === 'inspect' || mode === 'ask');
  return request && { kind: request.mode === 'ask' ? 'question' : 'inspection', request };
}

/**
 * A run that is under way takes a cancel that names it for itself, at its next safe point; so it does one of a request
 * that is about to join it.
 */
export function cancelTask({ requests, running }: WorkRecord): CancelTask | undefined {
  const request = requests.find((asked) => {
    if (asked.mode !== 'cancel') return false;
    const joining = requests.find(({ requestId }) => requestId === asked.cancels);
    return !running.some((run) => isAbout(asked, run) || run.mode === joining?.mode);
  });
  return request && { kind: 'cancel', request };
}

function personTask({ requests }: WorkRecord): Task | undefined {
  const asked = requests.find((request) => request.mode === 'person' && request.personId !== null);
  if (!asked?.personId) return undefined;
  const same = requests.filter((request) => request.mode === 'person' && request.personId === asked.personId);
  return { kind: 'person', personId: asked.personId, ...causeOf(asked, same) };
}

/** One run answers all that ask for the same; who asked first is named. */
export const causeOf = ({ requestedBy }: WaitingRequest, requests: readonly WaitingRequest[]): Cause => {
  const traceparents = requests.flatMap(({ traceparent }) => traceparent ?? []);
  return {
    ...{ trigger: 'request', requestedBy, requestIds: requests.map(({ requestId }) => requestId) },
    ...(traceparents.length > 0 ? { traceparents } : {}),
  };
};

/** Verdicts one by one, in the order in which they came: a later one about the same person counts. */
function verdictTask({ requests }: WorkRecord): Task | undefined {
  const request = requests.find(({ mode }) => mode === 'approve' || mode === 'reject');
  return request && { kind: 'verdict', request };
}

/** A delta run, where there is something to follow: notifications, a request, or the fallback that waits for neither. */
export function deltaTask(record: WorkRecord, now: Date): DeltaTask | undefined {
  if (!canFollow(record)) return undefined;
  const asked = record.requests.filter((request) => request.mode === 'delta');
  const { gapSince } = record;
  const gap = gapSince ? { gapSince: gapSince.toISOString() } : {};
  const by = (trigger: string): DeltaTask => ({ kind: 'delta', trigger, ...gap, requestIds: [] });
  if (asked[0]) return { kind: 'delta', ...gap, ...causeOf(asked[0], asked) };
  if (hintsDue(record, now)) return by('notification');
  if (isDue(record.nextGroupCheckAt, now)) return by('new groups');
  return isDue(record.nextDeltaAt, now) ? by(gapSince ? 'subscription gap' : 'schedule') : undefined;
}

/** A full run has taken links and saved the tree that they start from. */
const canFollow = ({ nextDeltaAt }: WorkRecord) => nextDeltaAt !== null;

function dueTask(record: WorkRecord, now: Date): Task | undefined {
  if (isDue(record.nextSecondLookAt, now)) return { kind: 'second-look' };
  if (isDue(record.nextDeletionCheckAt, now)) return { kind: 'deletions' };
  return isDue(record.nextSubscriptionCheckAt, now) ? { kind: 'subscriptions' } : undefined;
}

/** Before a full run: once that is through, nobody need ask any more what it would do. */
export function previewTask({ requests }: WorkRecord): PreviewTask | undefined {
  const asked = requests.filter(({ mode }) => mode === 'preview');
  return asked[0] && { kind: 'preview', ...causeOf(asked[0], asked) };
}

function fullTask(record: WorkRecord, now: Date): Task | undefined {
  const asked = record.requests.filter(({ mode }) => mode === 'full' || (mode === 'delta' && !canFollow(record)));
  if (asked[0]) return { kind: 'full', ...causeOf(asked[0], asked) };
  if (!isDue(record.nextFullAt, now)) return undefined;
  return { kind: 'full', trigger: canFollow(record) ? 'schedule' : 'setup', requestIds: [] };
}

const photoTask = (record: WorkRecord, now: Date): Task | undefined =>
  isDue(record.nextPhotosAt, now) ? { kind: 'photos' } : undefined;
