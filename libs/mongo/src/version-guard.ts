import mongoose, { type mongo } from 'mongoose';

export interface GuardedWrite {
  readonly id: string;
  readonly version: string;
  /** MongoDB update operators; they must set the version at the guarded path. */
  readonly update: mongo.UpdateFilter<mongo.Document>;
}

/** A Mongoose model, as far as it is needed here. */
export interface BulkWritable {
  readonly collection: {
    bulkWrite(operations: readonly object[], options: { readonly ordered: boolean }): Promise<unknown>;
  };
}

const DUPLICATE_KEY = 11_000;

/**
 * Upserts each document unless it already has a higher version at `path`; an equal version is written again.
 * A document that is newer doesn't match the filter, so its upsert fails with a duplicate key: that is the guard at
 * work, and such writes come back as the indexes of the skipped ones. Any other write error is thrown.
 */
export async function guardedUpserts(
  model: BulkWritable,
  path: string,
  writes: readonly GuardedWrite[],
): Promise<ReadonlySet<number>> {
  if (writes.length === 0) return new Set();
  const operations = writes.map(({ id, version, update }) => ({
    updateOne: {
      filter: { _id: id, $or: [{ [path]: { $lte: version } }, { [path]: null }] },
      update,
      upsert: true,
    },
  }));
  try {
    await model.collection.bulkWrite(operations, { ordered: false });
    return new Set();
  } catch (error) {
    return skippedBy(error);
  }
}

function skippedBy(error: unknown): ReadonlySet<number> {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const onId = failures.filter((failure) => failure.code === DUPLICATE_KEY && failure.errmsg?.includes('_id_'));
  if (onId.length !== failures.length) throw error;
  return new Set(onId.map((failure) => failure.index));
}
