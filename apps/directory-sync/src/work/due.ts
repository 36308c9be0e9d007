import { type Hints, noHints, type Notifications, type WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import { tracesOf } from './merge-hints.ts';
import { longModes } from './plan.ts';

/**
 * Sets when the organisation is due next: at once where requests wait, when hints may be followed where there are some,
 * else at the earliest of its times, and never before a pause after failures is over. Computed in the database, so that a hint which comes at this very moment
 * is not lost.
 */
export async function settleDueAt(model: Model<WorkRecord>, organisationId: string, now: Date): Promise<void> {
  const some = (name: string) => ({ $gt: [{ $size: name }, 0] });
  const hinted = (name: 'hints' | 'answering') => [
    some(`$${name}.userIds`),
    some(`$${name}.groupIds`),
    `$${name}.overflow`,
  ];
  // Without links to follow a hint has to wait for a full run.
  const followable = { $gt: ['$nextDeltaAt', null] };
  const hintsWait = { $and: [followable, { $or: [...hinted('hints'), ...hinted('answering')] }] };
  const asked = { $filter: { input: '$requests', cond: { $not: { $in: ['$$this.mode', longModes] } } } };
  // $min leaves out what is null.
  const short = [
    { $cond: [{ $gt: [{ $size: asked }, 0] }, now, null] },
    { $cond: [hintsWait, { $max: [now, '$nextHintedAt'] }, null] },
    '$nextDeltaAt',
    '$nextSubscriptionCheckAt',
    '$nextGroupCheckAt',
    '$nextSecondLookAt',
    '$nextDeletionCheckAt',
  ];
  const long = [{ $cond: [some('$requests'), now, null] }, '$nextFullAt', '$nextPhotosAt'];
  // Before the first full run there is nothing that short work could go by.
  const shortDueAt = { $cond: [followable, { $max: [{ $min: short }, '$pausedUntil'] }, null] };
  await model.collection.updateOne({ _id: organisationId as never }, [
    { $set: { dueAt: { $max: [{ $min: [...short, ...long] }, '$pausedUntil'] }, shortDueAt } },
  ]);
}

/** Makes the check of every organisation's subscriptions due. */
export async function checkSubscriptionsSoon(model: Model<WorkRecord>, now: Date): Promise<void> {
  // $min leaves null as it is.
  await model.updateMany({}, { $min: { nextSubscriptionCheckAt: now, dueAt: now, shortDueAt: now } });
}

/** Hints that are being answered, and what the notifications were like when they were taken. */
export interface TakenHints {
  readonly hints: Hints;
  readonly notifications: Notifications;
}

/**
 * Moves the waiting hints to those being answered, and says what these are now: those of a run that failed are among
 * them. Whatever is hinted from here on, even of the same person, waits for the next run.
 */
export async function takeHints(model: Model<WorkRecord>, organisationId: string): Promise<TakenHints> {
  const joined = (name: 'userIds' | 'groupIds') => ({ $setUnion: [`$answering.${name}`, `$hints.${name}`] });
  const answering = {
    userIds: joined('userIds'),
    groupIds: joined('groupIds'),
    overflow: { $or: ['$answering.overflow', '$hints.overflow'] },
    newestAt: { $max: ['$answering.newestAt', '$hints.newestAt'] },
    oldestAt: { $min: ['$answering.oldestAt', '$hints.oldestAt'] },
    traceparents: tracesOf(['$answering.traceparents', '$hints.traceparents']),
  };
  const record = (await model.collection.findOneAndUpdate(
    { _id: organisationId as never },
    [{ $set: { answering, hints: { $literal: noHints } } }],
    { returnDocument: 'after' },
  )) as WorkRecord | null;
  return { hints: record?.answering ?? noHints, notifications: record?.notifications ?? 'silent' };
}

/** A round begins: only what comes from here on is heard by the next one. */
export async function listenAnew(model: Model<WorkRecord>, organisationId: string): Promise<void> {
  await model.updateOne({ _id: organisationId, notifications: 'heard' }, { $set: { notifications: 'silent' } });
}

/** The hints that were taken are answered. Only the holder of the lease takes and answers. */
export async function forgetTakenHints(model: Model<WorkRecord>, organisationId: string): Promise<void> {
  await model.updateOne({ _id: organisationId }, { $set: { answering: noHints } });
}
