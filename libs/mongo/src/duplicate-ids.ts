import { inSpan, SpanKind } from '@learnamp/tracing';
import mongoose from 'mongoose';

/** A Mongoose model, as far as bulk writes need one. */
export interface BulkWritable {
  readonly collection: {
    readonly collectionName?: string;
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
  const { collectionName = '' } = model.collection;
  const attributes = {
    'db.system.name': 'mongodb',
    'db.operation.name': 'bulkWrite',
    'db.collection.name': collectionName,
    'db.operation.batch.size': operations.length,
  };
  const settings = { scope: 'mongo', kind: SpanKind.CLIENT, attributes };
  return inSpan(`bulkWrite ${collectionName}`, settings, () => write(model, operations));
}

async function write(model: BulkWritable, operations: readonly object[]): Promise<readonly number[]> {
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
