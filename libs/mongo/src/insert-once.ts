import { type BulkWritable, duplicateIds } from './duplicate-ids.ts';

/** Inserts each document unless one with its `_id` is there already; that one stays as it is. */
export async function insertOnce<Document extends { readonly _id: string }>(
  model: BulkWritable,
  documents: readonly Document[],
): Promise<void> {
  await duplicateIds(
    model,
    documents.map((document) => ({ insertOne: { document } })),
  );
}
