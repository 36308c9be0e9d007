import type { mongo } from 'mongoose';
import { type BulkWritable, duplicateIds } from './duplicate-ids.ts';

export interface GuardedWrite {
  readonly id: string;
  readonly version: string;
  /** MongoDB update operators; they must set the version at the guarded path. */
  readonly update: mongo.UpdateFilter<mongo.Document>;
}

/**
 * Upserts each document unless it already has a higher version at `path`; an equal version is written again.
 * Each id may occur once. Answers with the indexes of the writes that were refused. Any other write error is thrown.
 */
export async function guardedUpserts(
  model: BulkWritable,
  path: string,
  writes: readonly GuardedWrite[],
): Promise<ReadonlySet<number>> {
  const operations = writes.map((write) => upsertOf(path, write));
  // A newer document doesn't match the filter, so its upsert fails with a duplicate key: that is the guard at work.
  // So does the upsert that loses the race of two writers to the first insert, whatever its version; by the second
  // attempt the document is there, and then only a newer one refuses.
  const refused = await duplicateIds(model, operations);
  const again = await duplicateIds(
    model,
    refused.flatMap((index) => operations[index] ?? []),
  );
  return new Set(again.flatMap((index) => refused[index] ?? []));
}

const upsertOf = (path: string, { id, version, update }: GuardedWrite) => ({
  updateOne: {
    filter: { _id: id, $or: [{ [path]: { $lte: version } }, { [path]: null }] },
    update,
    upsert: true,
  },
});
