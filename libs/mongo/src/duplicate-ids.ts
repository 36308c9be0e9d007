import mongoose from 'mongoose';

/** A Mongoose model, as far as bulk writes need one. */
export interface BulkWritable {
  readonly collection: {
    bulkWrite(operations: readonly object[], options: { readonly ordered: boolean }): Promise<unknown>;
  };
}

const DUPLICATE_KEY = 11_000;

/**
 * Carries out the operations, in no order, and answers with the indexes, in order, of those that met a document with the same
 * `_id`. Any other error is thrown, also a write concern that failed beside such duplicates: nothing is durable then.
 */
export async function duplicateIds(model: BulkWritable, operations: readonly object[]): Promise<readonly number[]> {
  if (operations.length === 0) return [];
  try {
    await model.collection.bulkWrite(operations, { ordered: false });
    return [];
  } catch (error) {
    return indexesOf(error);
  }
}

function indexesOf(error: unknown): readonly number[] {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const duplicates = failures.filter(({ code, errmsg }) => code === DUPLICATE_KEY && errmsg?.includes(' index: _id_ '));
  // The driver reports write errors alone when there are both kinds; the concern that failed is only in the result.
  const durable = error.result.getWriteConcernError() === undefined;
  if (!durable || failures.length === 0 || duplicates.length !== failures.length) throw error;
  return duplicates.map(({ index }) => index).sort((a, b) => a - b);
}
