import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { updateRun } from '../../src/runs/update-run.ts';
import { versionOf } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

describe('updateRun', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  it('asks again when the other part has come meanwhile', async () => {
    const { runs } = database;
    const seen: unknown[] = [];

    const changed = await updateRun(runs, 'run-1', async (stored) => {
      seen.push(stored?.photosVersion ?? null);
      if (!stored) await updateRun(runs, 'run-1', () => Promise.resolve({ photosVersion: versionOf(9) }));
      return { version: versionOf(1), problem: `photos at ${stored?.photosVersion ?? 'none'}` };
    });

    expect(changed).toBe(true);
    expect(seen).toEqual([null, versionOf(9)]);
    expect(await runs.findById('run-1').lean()).toMatchObject({ problem: `photos at ${versionOf(9)}` });
  });

  it('asks once when nothing came meanwhile', async () => {
    let asked = 0;

    await updateRun(database.runs, 'run-2', () => {
      asked += 1;
      return Promise.resolve({ version: versionOf(1) });
    });

    expect(asked).toBe(1);
  });

  it('writes nothing where there is nothing to change', async () => {
    expect(await updateRun(database.runs, 'run-3', () => Promise.resolve(undefined))).toBe(false);
    expect(await database.runs.findById('run-3').lean()).toBeNull();
  });

  it('throws what is not the other part', async () => {
    const away = new Error('MongoDB is away');

    await expect(updateRun(database.runs, 'run-4', () => Promise.reject(away))).rejects.toBe(away);
  });
});
