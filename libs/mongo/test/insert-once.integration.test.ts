import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose, { type Model } from 'mongoose';
import { type BulkWritable, ensureIndexes, insertOnce } from '../src/index.ts';
import { type Note, noteSchema, openTestDatabase, type TestDatabase } from './test-database.ts';

describe('insertOnce', () => {
  let database: TestDatabase;
  let notes: Model<Note>;

  beforeAll(async () => {
    database = await openTestDatabase();
    notes = database.connection.model<Note>('Note', noteSchema);
    await ensureIndexes(database.connection);
  }, 120_000);
  afterAll(() => database.close());

  const note = (_id: string, text: string, more: Partial<Note> = {}): Note => ({ _id, version: null, text, ...more });

  it('inserts what is new and leaves what is there as it is', async () => {
    await insertOnce(notes, [note('a', 'first'), note('b', 'first')]);

    await insertOnce(notes, [note('a', 'second'), note('c', 'second'), note('b', 'second')]);

    const stored = await notes.find().sort({ _id: 1 }).lean();
    expect(stored.map(({ _id, text }) => [_id, text])).toEqual([
      ['a', 'first'],
      ['b', 'first'],
      ['c', 'second'],
    ]);
  });

  it('throws where something else than the id is taken', async () => {
    await insertOnce(notes, [note('d', '', { label: 'taken' })]);

    await expect(insertOnce(notes, [note('e', '', { label: 'taken' })])).rejects.toThrow(/duplicate key/u);
  });

  it('throws when duplicates hide that the rest is not durable', async () => {
    const concern = { code: 64, errmsg: 'waiting for replication timed out' };
    const withConcern = (failed: boolean): BulkWritable => ({
      collection: {
        bulkWrite: async (operations, options) =>
          notes.collection.bulkWrite(operations as never, options).catch((error: unknown) => {
            if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
            // One server can't be short of a majority, so what a set that is says is put in its mouth.
            if (failed) error.result.getWriteConcernError = () => concern as never;
            throw error;
          }),
      },
    });
    await insertOnce(notes, [note('f', '')]);

    await expect(insertOnce(withConcern(true), [note('f', '')])).rejects.toThrow(/duplicate key/u);
    await expect(insertOnce(withConcern(false), [note('f', '')])).resolves.toBeUndefined();
  });
});
