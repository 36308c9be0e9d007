import type { Model } from 'mongoose';
import type { WorkRecord } from './work-record-model.ts';

/**
 * Sets when the organisation is due next: at once where hints or requests wait, else at the earliest of its times, and
 * never before a pause after failures is over. Computed in the database, so that a hint which comes at this very moment
 * is not lost.
 */
export async function settleDueAt(model: Model<WorkRecord>, organisationId: string, now: Date): Promise<void> {
  const waiting = {
    $gt: [{ $sum: [{ $size: '$hints.userIds' }, { $size: '$hints.groupIds' }, { $size: '$requests' }] }, 0],
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

/** Takes away the hints that a delta run has answered; those that came meanwhile stay. */
export async function clearHints(
  model: Model<WorkRecord>,
  organisationId: string,
  answered: WorkRecord['hints'],
): Promise<void> {
  await model.collection.updateOne({ _id: organisationId as never }, [
    {
      $set: {
        'hints.userIds': { $setDifference: ['$hints.userIds', answered.userIds] },
        'hints.groupIds': { $setDifference: ['$hints.groupIds', answered.groupIds] },
        'hints.overflow': { $and: ['$hints.overflow', !answered.overflow] },
      },
    },
  ]);
}
