import type { Organisations } from '@learnamp/organisations';
import type { WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';

/** Gives every provisioned organisation a work record, and makes a full run due where its settings changed. */
export async function ensureWorkRecords(
  organisations: Pick<Organisations, 'provisionedIds' | 'revision'>,
  workRecords: Model<WorkRecord>,
  now: Date,
): Promise<void> {
  for (const id of await organisations.provisionedIds()) {
    const revision = await organisations.revision(id);
    if (revision === null) continue;
    await workRecords.updateOne({ _id: id }, { $setOnInsert: { _id: id } }, { upsert: true });
    await workRecords.updateOne(
      { _id: id, settledRevision: { $ne: revision } },
      { $set: { settledRevision: revision, nextFullAt: now, dueAt: now, pausedUntil: now } },
    );
  }
}
