import { type BulkWritable, duplicateIds } from './duplicate-ids.ts';

/** Inserts each document unless one with its `_id` is there already; that one stays as it is. */
export async function insertOnce(model: BulkWritable, documents: readonly { readonly _id: string }[]): Promise<void> {
  await duplicateIds(
    model,
    documents.map((document) => ({ insertOne: { document } })),
  );
}
