import type { Connection } from 'mongoose';
import { workRecordModel } from './work-record-model.ts';

/**
 * Sees to it that whoever claims an organisation next gets a higher epoch than this one: after a backup was restored, epochs
 * may be lower than those in the topics. A holder with a lower one loses its lease by that. False where it is high enough.
 */
export async function raiseEpoch(connection: Connection, organisationId: string, epoch: number): Promise<boolean> {
  const raised = await workRecordModel(connection).updateOne(
    { _id: organisationId },
    { $max: { 'lease.epoch': epoch } },
    { upsert: true },
  );
  return raised.modifiedCount + raised.upsertedCount > 0;
}
