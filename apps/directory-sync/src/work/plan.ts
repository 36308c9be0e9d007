import type { Hints, WaitingRequest, WorkRecord } from '@learnamp/sync-state';

/** The next thing to do for an organisation. */
export type Task =
  | { readonly kind: 'person'; readonly personId: string; readonly requestIds: readonly string[] }
  | { readonly kind: 'verdict'; readonly request: WaitingRequest }
  | { readonly kind: 'inspection'; readonly request: WaitingRequest }
  | { readonly kind: 'delta'; readonly trigger: string; readonly requestIds: readonly string[] }
  | { readonly kind: 'full'; readonly trigger: string; readonly requestIds: readonly string[] }
  | { readonly kind: 'second-look' | 'deletions' | 'subscriptions' | 'photos' };

export type DeltaTask = Extract<Task, { kind: 'delta' }>;

/** What may take hours in a large organisation; everything else takes seconds. */
export const isLong = ({ kind }: Task): boolean => kind === 'full' || kind === 'photos';

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
    inspectionTask(record) ??
    personTask(record) ??
    verdictTask(record) ??
    deltaTask(record, now) ??
    dueTask(record, now) ??
    fullTask(record, now) ??
    photoTask(record, now)
  );
}

/** One by one: they take a second each, and somebody waits. */
function inspectionTask({ requests }: WorkRecord): Task | undefined {
  const request = requests.find(({ mode }) => mode === 'inspect');
  return request && { kind: 'inspection', request };
}

function personTask({ requests }: WorkRecord): Task | undefined {
  const asked = requests.find((request) => request.mode === 'person' && request.personId !== null);
  if (!asked?.personId) return undefined;
  const same = requests.filter((request) => request.mode === 'person' && request.personId === asked.personId);
  return { kind: 'person', personId: asked.personId, requestIds: same.map((request) => request.requestId) };
}

/** Verdicts one by one, in the order in which they came: a later one about the same person counts. */
function verdictTask({ requests }: WorkRecord): Task | undefined {
  const request = requests.find(({ mode }) => mode === 'approve' || mode === 'reject');
  return request && { kind: 'verdict', request };
}

/** A delta run, where there is something to follow: notifications, a request, or the fallback that waits for neither. */
export function deltaTask(record: WorkRecord, now: Date): DeltaTask | undefined {
  if (!canFollow(record)) return undefined;
  const asked = record.requests.filter((request) => request.mode === 'delta');
  const requestIds = asked.map((request) => request.requestId);
  if (asked[0]) return { kind: 'delta', trigger: asked[0].requestedBy, requestIds };
  if (hintsDue(record, now)) return { kind: 'delta', trigger: 'notification', requestIds };
  if (isDue(record.nextGroupCheckAt, now)) return { kind: 'delta', trigger: 'new groups', requestIds };
  return isDue(record.nextDeltaAt, now) ? { kind: 'delta', trigger: 'schedule', requestIds } : undefined;
}

/** A full run has taken links and saved the tree that they start from. */
const canFollow = ({ nextDeltaAt }: WorkRecord) => nextDeltaAt !== null;

function dueTask(record: WorkRecord, now: Date): Task | undefined {
  if (isDue(record.nextSecondLookAt, now)) return { kind: 'second-look' };
  if (isDue(record.nextDeletionCheckAt, now)) return { kind: 'deletions' };
  return isDue(record.nextSubscriptionCheckAt, now) ? { kind: 'subscriptions' } : undefined;
}

function fullTask(record: WorkRecord, now: Date): Task | undefined {
  const asked = record.requests.filter(({ mode }) => mode === 'full' || (mode === 'delta' && !canFollow(record)));
  const requestIds = asked.map((request) => request.requestId);
  if (asked[0]) return { kind: 'full', trigger: asked[0].requestedBy, requestIds };
  if (!isDue(record.nextFullAt, now)) return undefined;
  return { kind: 'full', trigger: canFollow(record) ? 'schedule' : 'setup', requestIds };
}

const photoTask = (record: WorkRecord, now: Date): Task | undefined =>
  isDue(record.nextPhotosAt, now) ? { kind: 'photos' } : undefined;
