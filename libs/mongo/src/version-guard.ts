import type { mongo } from 'mongoose';
import { type BulkWritable, duplicateIds } from './duplicate-ids.ts';

export interface GuardedWrite {
  readonly id: string;
  readonly version: string;
  /** MongoDB update operators; they must set the version at the guarded path. */
  readonly update: mongo.UpdateFilter<mongo.Document>;
  /**
   * The whole document without its id, where there was none when its writer looked: inserting is four times as fast as
   * upserting. If it is there after all, `update` is tried.
   */
  readonly insert?: mongo.Document;
  /** Values, by their paths, that must be in the document as they were read, where there is one; null: not there. */
  readonly unchanged?: Readonly<Record<string, string | number | null>>;
}

/**
 * Upserts each document unless it already has a higher version at `path`, or what has to be unchanged isn't; an equal
 * version is written again.
 * Each id may occur once. Answers with the indexes of the writes that were refused. Any other write error is thrown.
 */
export async function guardedUpserts(
  model: BulkWritable,
  path: string,
  writes: readonly GuardedWrite[],
): Promise<ReadonlySet<number>> {
  // A newer document doesn't match the filter, so its upsert fails with a duplicate key: that is the guard at work.
  // So does whoever loses the race of two writers to the first insert, whatever its version; by the second attempt the
  // document is there, and then only a newer one refuses.
  const refused = await duplicateIds(
    model,
    writes.map((write) => insertOf(write) ?? upsertOf(path, write)),
  );
  const again = await duplicateIds(
    model,
    writes.filter((_write, index) => refused.includes(index)).map((write) => upsertOf(path, write)),
  );
  return new Set(again.flatMap((index) => refused[index] ?? []));
}

const insertOf = ({ id, insert }: GuardedWrite) => insert && { insertOne: { document: { _id: id, ...insert } } };

const upsertOf = (path: string, { id, version, update, unchanged = {} }: GuardedWrite) => ({
  updateOne: {
    filter: { _id: id, $or: [{ [path]: { $lte: version } }, { [path]: null }], ...sameAs(unchanged) },
    update,
    upsert: true,
  },
});

// By what they are not: a plain equality would become part of a document that is inserted.
function sameAs(unchanged: NonNullable<GuardedWrite['unchanged']>) {
  const others = Object.entries(unchanged).map(([path, value]) => ({ [path]: { $ne: value } }));
  return others.length > 0 ? { $nor: others } : {};
}
