import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import { copyModel, emptyCopy, ensureIndexes, fillCopy } from '../src/index.ts';
import { type Note, noteSchema, openTestDatabase, type TestDatabase } from './test-database.ts';

describe('a copy of a collection', () => {
  let database: TestDatabase;
  let notes: Model<Note>;
  let copy: Model<Note>;

  beforeAll(async () => {
    database = await openTestDatabase();
    notes = database.connection.model<Note>('Note', noteSchema);
    await ensureIndexes(database.connection);
    copy = copyModel(notes);
    await notes.create([aNote('a', 'ours'), aNote('b', 'ours'), aNote('c', 'theirs')]);
  }, 120_000);
  afterAll(() => database.close());

  const aNote = (_id: string, text: string, label = _id): Note => ({ _id, version: null, text, label });
  const ours = { text: 'ours' };
  const idsIn = async (model: Model<Note>) => (await model.find().sort({ _id: 1 }).lean()).map(({ _id }) => _id);

  it('has what the filter takes, as it is now', async () => {
    await fillCopy(notes, copy, ours);
    await notes.create(aNote('d', 'ours'));
    await notes.deleteOne({ _id: 'a' });
    expect(await idsIn(copy)).toEqual(['a', 'b']);

    await fillCopy(notes, copy, ours);

    expect(await idsIn(copy)).toEqual(['b', 'd']);
    expect(await copy.findById('d').lean()).toEqual(await notes.findById('d').lean());
  });

  it('keeps to itself what is done to it, and what nobody else may have either', async () => {
    await fillCopy(notes, copy, ours);

    await copy.updateMany({}, { text: 'changed' });
    await expect(copy.create(aNote('e', 'ours', 'd'))).rejects.toThrow(/duplicate key/u);

    expect((await notes.find().lean()).map(({ text }) => text).sort()).toEqual(['ours', 'ours', 'theirs']);
  });

  it('is emptied of what the filter takes and of nothing else', async () => {
    await fillCopy(notes, copy, {});

    await emptyCopy(copy, ours);

    expect(await idsIn(copy)).toEqual(['c']);
    expect(copyModel(notes)).toBe(copy);
  });
});
