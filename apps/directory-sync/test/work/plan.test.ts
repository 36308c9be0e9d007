import { describe, expect, it } from '@jest/globals';
import { noHints, type WaitingRequest, type WorkRecord } from '@learnamp/sync-state';
import fc from 'fast-check';
import { deltaTask, nextTask, type Task } from '../../src/work/plan.ts';

const now = new Date('2026-11-23T12:00:00Z');
const past = new Date(now.getTime() - 1);
const future = new Date(now.getTime() + 1);

/** A record of an organisation that is up to date: nothing is due. */
const settled: WorkRecord = {
  _id: 'acme',
  lease: { holder: 'me', epoch: 1, until: future },
  sequence: 0,
  setUpAt: null,
  settledRevision: 1,
  dueAt: past,
  shortDueAt: past,
  nextFullAt: future,
  nextDeltaAt: future,
  nextSubscriptionCheckAt: future,
  renewalDue: false,
  gapSince: null,
  nextGroupCheckAt: null,
  groupsToCheck: [],
  nextSecondLookAt: null,
  nextDeletionCheckAt: null,
  nextPhotosAt: null,
  photosRunId: null,
  hints: noHints,
  answering: noHints,
  nextHintedAt: past,
  notifications: 'silent',
  peopleToRead: [],
  emptyRounds: 0,
  requests: [],
  running: [],
  failures: 0,
  pausedUntil: past,
};

const asked = (
  mode: WaitingRequest['mode'],
  requestId: string = mode,
  personId: string | null = null,
): WaitingRequest => ({
  requestId,
  mode,
  personId: mode === 'person' ? (personId ?? 'p1') : null,
  requestedBy: 'olga',
});

/** What makes each kind of task due, in the order in which they come first. */
const causes: readonly (readonly [Task['kind'], Partial<WorkRecord>])[] = [
  ['person', { requests: [asked('person')] }],
  ['delta', { nextDeltaAt: past }],
  ['second-look', { nextSecondLookAt: past }],
  ['deletions', { nextDeletionCheckAt: past }],
  ['subscriptions', { nextSubscriptionCheckAt: past }],
  ['preview', { requests: [asked('preview')] }],
  ['full', { nextFullAt: past }],
  ['photos', { nextPhotosAt: past }],
];

describe('nextTask', () => {
  it('has nothing to do for an organisation that is up to date', () => {
    expect(nextTask(settled, now)).toBeUndefined();
  });

  it('takes what somebody waits for first, then what keeps the thirty minutes, then the long work', () => {
    fc.assert(
      fc.property(fc.subarray([...causes], { minLength: 1 }), (due) => {
        const record = due.reduce<WorkRecord>(
          (sofar, [, cause]) => ({ ...sofar, ...cause, requests: [...sofar.requests, ...(cause.requests ?? [])] }),
          settled,
        );

        expect(nextTask(record, now)?.kind).toBe(due[0]?.[0]);
      }),
    );
  });

  it.each([
    ['a schedule', { nextDeltaAt: now }, 'schedule', []],
    ['a hint', { hints: { ...noHints, userIds: ['u'] } }, 'notification', []],
    ['a hint that a failed run has taken', { answering: { ...noHints, groupIds: ['g'] } }, 'notification', []],
    ['word that notifications were missed', { hints: { ...noHints, overflow: true } }, 'notification', []],
    ['groups to be read again', { nextGroupCheckAt: past, groupsToCheck: ['g'] }, 'new groups', []],
  ])('follows changes because of %s', (_what, cause, trigger, requestIds) => {
    expect(nextTask({ ...settled, ...cause }, now)).toEqual({ kind: 'delta', trigger, requestIds });
  });

  it('follows changes because of a request, and says whose', () => {
    const cause = { trigger: 'request', requestedBy: 'olga', requestIds: ['delta'] };

    expect(nextTask({ ...settled, requests: [asked('delta')], nextDeltaAt: past }, now)).toEqual({
      kind: 'delta',
      ...cause,
    });
  });

  it('gathers hints until they may be followed, and follows by time meanwhile', () => {
    const record = { ...settled, hints: { ...noHints, userIds: ['u'] }, nextHintedAt: future };

    expect(nextTask(record, now)).toBeUndefined();
    expect(nextTask(record, future)).toMatchObject({ kind: 'delta', trigger: 'notification' });
    expect(nextTask({ ...record, nextDeltaAt: past }, now)).toMatchObject({ kind: 'delta', trigger: 'schedule' });
  });

  it('follows nothing before there are links, and answers a wish for a delta by the full run', () => {
    const record = { ...settled, nextDeltaAt: null, hints: { ...noHints, userIds: ['u'] }, requests: [asked('delta')] };

    expect(deltaTask(record, now)).toBeUndefined();
    expect(nextTask(record, now)).toMatchObject({ kind: 'full', requestedBy: 'olga', requestIds: ['delta'] });
    expect(nextTask({ ...record, requests: [] }, now)).toBeUndefined();
    expect(nextTask({ ...record, requests: [], nextFullAt: past }, now)).toMatchObject({ trigger: 'setup' });
  });

  it('answers every request for the same run by one', () => {
    const people = [asked('person', 'a', 'p1'), asked('person', 'b', 'p2'), asked('person', 'c', 'p1')];

    expect(nextTask({ ...settled, requests: people }, now)).toMatchObject({ personId: 'p1', requestIds: ['a', 'c'] });
    expect(nextTask({ ...settled, requests: [asked('full', 'a'), asked('full', 'b')] }, now)).toMatchObject({
      kind: 'full',
      requestIds: ['a', 'b'],
    });
  });
});
