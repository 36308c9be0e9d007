import type { BatchHandler, BusRecord, Outcome } from '@learnamp/bus';
import { decodeEvent, graphNotification, syncRequest, type SyncRequest } from '@learnamp/contracts';
import type { WorkRecord } from '@learnamp/sync-state';
import { traceparentIn } from '@learnamp/tracing';
import type { Model } from 'mongoose';
import { type Heard, hintsOf, mergeHints } from './merge-hints.ts';
import { mergeRequest } from './merge-requests.ts';

export interface HandlerDeps {
  readonly workRecords: Model<WorkRecord>;
  readonly clock: () => Date;
  /** Notifications that come within this time become one delta run. Milliseconds. */
  readonly coalesceMs: number;
  /** Tells this process's workers that something may be due. */
  readonly nudge: () => void;
}

const done: Outcome = { kind: 'done' };

/** Merges hints into work records and does nothing else, so that the topic never waits for Graph. */
export function notificationHandler({ workRecords, clock, coalesceMs, nudge }: HandlerDeps): BatchHandler {
  return async (records) => {
    const notifications: Heard[] = [];
    const outcomes = records.map((record): Outcome => {
      const decoded = decodeEvent([graphNotification], record);
      if (!decoded.ok) return { kind: 'dead-letter', reason: decoded.reason };
      notifications.push({ ...decoded.event.data, traceparent: traceparentIn(record.headers) });
      return done;
    });
    const now = clock();
    const dueAt = new Date(now.getTime() + coalesceMs);
    for (const hints of hintsOf(notifications)) await mergeHints(workRecords, hints, { now, dueAt });
    nudge();
    return outcomes;
  };
}

/** Merges requests for runs into work records. */
export function requestHandler({ workRecords, clock, nudge }: HandlerDeps): BatchHandler {
  return async (records) => {
    const outcomes: Outcome[] = [];
    for (const record of records) {
      const decoded = readRequest(record);
      const traceparent = traceparentIn(record.headers);
      if (decoded.ok) await mergeRequest(workRecords, { ...decoded.request, traceparent }, clock());
      outcomes.push(decoded.ok ? done : { kind: 'dead-letter', reason: decoded.reason });
    }
    nudge();
    return outcomes;
  };
}

const isVerdict = (mode: SyncRequest['mode']) => mode === 'approve' || mode === 'reject';

const isQuestion = ({ question, lookUp }: SyncRequest) =>
  question === 'permissions' || (question !== undefined && lookUp !== undefined);

type ReadRequest =
  { readonly ok: true; readonly request: SyncRequest } | { readonly ok: false; readonly reason: string };

function readRequest(record: BusRecord): ReadRequest {
  const decoded = decodeEvent([syncRequest], record);
  if (!decoded.ok) return decoded;
  const request = decoded.event.data;
  // No run could ever answer it, so it would wait for ever.
  if (request.mode === 'person' && !request.personId) return { ok: false, reason: 'a person request names no person' };
  if (request.mode === 'inspect' && !request.lookUp) return { ok: false, reason: 'an inspect request names nobody' };
  if (request.mode === 'ask' && !isQuestion(request)) return { ok: false, reason: 'an ask request asks nothing' };
  if (request.mode === 'cancel' && !request.cancels) return { ok: false, reason: 'a cancel request names no run' };
  if (isVerdict(request.mode) && !request.personIds)
    return { ok: false, reason: `an ${request.mode} request names nobody` };
  return { ok: true, request };
}
