import { type Hints, noHints, type WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';

/**
 * Sets when the organisation is due next: at once where hints or requests wait, else at the earliest of its times, and
 * never before a pause after failures is over. Computed in the database, so that a hint which comes at this very moment
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
  const waiting = {
    $or: [some('$requests'), { $and: [followable, { $or: [...hinted('hints'), ...hinted('answering')] }] }],
  };
  // $min leaves out what is null.
  const earliest = {
    $min: [
      '$nextFullAt',
      '$nextDeltaAt',
      '$nextSubscriptionCheckAt',
      '$nextGroupCheckAt',
      '$nextDeletionCheckAt',
      '$nextPhotosAt',
    ],
  };
  await model.collection.updateOne({ _id: organisationId as never }, [
    { $set: { dueAt: { $max: [{ $cond: [waiting, now, earliest] }, '$pausedUntil'] } } },
  ]);
}

/** Makes the check of every organisation's subscriptions due. */
export async function checkSubscriptionsSoon(model: Model<WorkRecord>, now: Date): Promise<void> {
  await model.updateMany({}, { $min: { nextSubscriptionCheckAt: now, dueAt: now } });
}

/**
 * Moves the waiting hints to those being answered, and says what these are now: those of a run that failed are among
 * them. Whatever is hinted from here on, even of the same person, waits for the next run.
 */
export async function takeHints(model: Model<WorkRecord>, organisationId: string): Promise<Hints> {
  const joined = (name: 'userIds' | 'groupIds') => ({ $setUnion: [`$answering.${name}`, `$hints.${name}`] });
  const answering = {
    userIds: joined('userIds'),
    groupIds: joined('groupIds'),
    overflow: { $or: ['$answering.overflow', '$hints.overflow'] },
  };
  const record = await model.collection.findOneAndUpdate(
    { _id: organisationId as never },
    [{ $set: { answering, hints: { $literal: noHints } } }],
    { returnDocument: 'after' },
  );
  return (record as WorkRecord | null)?.answering ?? noHints;
}

/** The hints that were taken are answered. Only the holder of the lease takes and answers. */
export async function forgetTakenHints(model: Model<WorkRecord>, organisationId: string): Promise<void> {
  await model.updateOne({ _id: organisationId }, { $set: { answering: noHints } });
}
