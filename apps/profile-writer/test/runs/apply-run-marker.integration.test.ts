import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunMarker } from '@learnamp/contracts';
import fc from 'fast-check';
import { aLeaver, aRunMarker, aUserState, personIdOf, someFields, versionOf } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

describe('markers of a run', () => {
  let database: WriterDatabase;
  let runs = 0;
  let runId: string;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  /** An organisation and a run that no other test has. */
  const fresh = () => {
    runs += 1;
    runId = `run-${runs}`;
    return { runId, organisationId: `organisation-${runs}` };
  };
  const runNow = () => database.runs.findById(runId).lean();

  it('show its beginning, its progress and its end', async () => {
    const run = fresh();
    await database.users([aRunMarker({ ...run, version: 1, requestIds: ['request-1'] })]);
    expect(await runNow()).toMatchObject({
      ...{ stage: 'started', trigger: 'schedule', startedAt: new Date('2026-11-23T10:00:00Z') },
      ...{ finishedAt: null, totals: null, applied: { created: 0, updated: 0, unchanged: 0, deactivated: 0 } },
    });

    await database.users([
      aUserState({ ...run, person: 1, version: 2 }),
      aRunMarker({
        ...run,
        ...{ version: 3, stage: 'progressed', at: '2026-11-23T10:05:00Z', requestIds: ['request-2'] },
        progress: { step: 'reading', done: 1, total: 2 },
      }),
    ]);
    expect(await runNow()).toMatchObject({
      ...{ stage: 'progressed', startedAt: new Date('2026-11-23T10:00:00Z'), finishedAt: null, totals: null },
      ...{ progress: { step: 'reading', done: 1, total: 2 }, applied: { created: 1 } },
      requestIds: ['request-1', 'request-2'],
    });

    const counts = { members: 2, emitted: 2, unchanged: 0, skipped: 0, graphRequests: 7 };
    await database.users([
      aUserState({ ...run, person: 2, version: 4 }),
      aRunMarker({ ...run, version: 5, stage: 'finished', counts }),
    ]);
    expect(await runNow()).toMatchObject({
      ...{ stage: 'finished', finishedAt: expect.any(Date), problem: null, counts, managerCycles: [], photos: null },
      applied: { created: 2, updated: 0, unchanged: 0, deactivated: 0 },
      totals: { activeLearners: 2, managersLinked: 0, photos: 0, teams: 1 },
    });
  });

  it('act after the states before them and before those after them', async () => {
    const run = fresh();

    await database.users([
      aUserState({ ...run, person: 1, version: 1 }),
      aRunMarker({ ...run, version: 2, stage: 'finished' }),
      aUserState({ ...run, person: 2, version: 3, runId: `${run.runId}-next` }),
    ]);

    expect(await runNow()).toMatchObject({ applied: { created: 1 }, totals: { activeLearners: 1 } });
    expect(await database.learners.countDocuments({ organisationId: run.organisationId })).toBe(2);
  });

  it('count what the organisation is after a full run', async () => {
    const run = fresh();
    const managerId = personIdOf(1);

    await database.users([
      aUserState({ ...run, person: 1, version: 1, managerId, fields: someFields({ department: 'Engines' }) }),
      aUserState({ ...run, person: 2, version: 2, managerId, fields: someFields({ department: null }) }),
      aUserState({
        ...run,
        person: 3,
        version: 3,
        managerId: personIdOf(9),
        fields: someFields({ department: 'Looms' }),
      }),
      aUserState({ ...run, person: 4, version: 4, managerId, fields: someFields({ department: 'Mills' }) }),
      aLeaver({ ...run, person: 4, version: 5, managerId }),
      aLeaver({ ...run, person: 5, version: 6 }),
      aRunMarker({ ...run, version: 7, stage: 'finished' }),
    ]);

    expect((await runNow())?.totals).toEqual({ activeLearners: 3, managersLinked: 2, photos: 0, teams: 2 });
  });

  it('report manager chains that lead back to themselves', async () => {
    const run = fresh();
    const reports = (person: number, version: number, manager: number) =>
      aUserState({ ...run, person, version, managerId: personIdOf(manager) });

    await database.users([
      ...[reports(1, 1, 2), reports(2, 2, 3), reports(3, 3, 1), reports(4, 4, 4), reports(5, 5, 1)],
      aRunMarker({ ...run, version: 6, stage: 'finished' }),
    ]);

    const stored = await runNow();
    expect(stored?.managerCycles).toEqual([[personIdOf(1), personIdOf(2), personIdOf(3)], [personIdOf(4)]]);
    expect(stored?.totals?.managersLinked).toBe(5);
  });

  it('of a cancelled run close it with what it had done, and who cancelled it', async () => {
    const run = fresh();

    await database.users([
      aUserState({ ...run, person: 1, version: 1 }),
      aRunMarker({ ...run, version: 2, stage: 'cancelled', cancelledBy: 'otto', requestIds: ['asked', 'cancel'] }),
      aRunMarker({ ...run, version: 3, stage: 'progressed' }),
    ]);

    expect(await runNow()).toMatchObject({
      ...{ stage: 'cancelled', cancelledBy: 'otto', finishedAt: expect.any(Date), totals: null, problem: null },
      ...{ applied: { created: 1 }, requestIds: ['asked', 'cancel'] },
    });
  });

  it('keep since when the changes could have been there that the run follows, where it says so', async () => {
    const [hinted, unknown] = [fresh(), fresh()];
    const changesSince = '2026-11-23T09:59:58.500Z';
    const ended = { version: 1, mode: 'delta', stage: 'finished' } as const;

    await database.users([aRunMarker({ ...hinted, ...ended, changesSince }), aRunMarker({ ...unknown, ...ended })]);

    const since = async (id: string) => (await database.runs.findById(id).lean())?.changesSince;
    expect(await since(hinted.runId)).toEqual(new Date(changesSince));
    expect(await since(unknown.runId)).toBeNull();
  });

  it('of delta runs and of interrupted ones close the run without totals', async () => {
    const delta = fresh();
    await database.users([aRunMarker({ ...delta, version: 1, mode: 'delta', stage: 'finished' })]);
    expect(await runNow()).toMatchObject({ stage: 'finished', finishedAt: expect.any(Date), totals: null });

    const interrupted = fresh();
    const problem = 'the worker went away';
    await database.users([
      aUserState({ ...interrupted, person: 1, version: 1 }),
      aRunMarker({ ...interrupted, version: 2, stage: 'interrupted', problem }),
    ]);
    expect(await runNow()).toMatchObject({
      ...{ stage: 'interrupted', finishedAt: expect.any(Date), totals: null, problem },
      applied: { created: 1 },
    });
  });

  it('that come again after the organisation has changed leave the run as it was', async () => {
    const run = fresh();
    const markers = [aRunMarker({ ...run, version: 1 }), aRunMarker({ ...run, version: 3, stage: 'finished' })];
    await database.users(markers);
    const before = await runNow();
    await database.users([aUserState({ ...run, person: 1, version: 4 })]);

    const outcomes = await database.users(markers);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['skip', 'skip']);
    expect(await runNow()).toEqual(before);
  });

  it('leave the run as its highest version says, in any order and number', async () => {
    const stages = fc.constantFrom('started', 'progressed', 'finished', 'interrupted', 'cancelled');
    const sayings = fc.array(stages, { minLength: 6, maxLength: 6 });
    const order = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 });
    const facts = async (stageOf: RunMarker['stage'][], versions: number[]) => {
      const run = fresh();
      const markers = versions.map((version) =>
        aRunMarker({ ...run, version, stage: stageOf[version - 1] ?? 'started', requestIds: [`request-${version}`] }),
      );

      await database.users(markers);

      const stored = await runNow();
      const expected = markers.reduce(newestUnlessClosed);
      expect(stored).toMatchObject({ version: expected.version, stage: expected.stage });
      expect(stored?.finishedAt !== null).toBe(isClosing(expected));
    };

    await fc.assert(fc.asyncProperty(sayings, order, facts), { numRuns: 40 });
  }, 120_000);

  it('begin a run with whichever comes first', async () => {
    const run = fresh();

    await database.users([aRunMarker({ ...run, version: 4, stage: 'progressed', at: '2026-11-23T11:00:00Z' })]);

    const startedAt = new Date('2026-11-23T11:00:00Z');
    expect(await runNow()).toMatchObject({ stage: 'progressed', version: versionOf(4), startedAt });
  });
});

const isClosing = ({ stage }: RunMarker) => ['finished', 'interrupted', 'cancelled'].includes(stage);

function newestUnlessClosed(current: RunMarker, next: RunMarker): RunMarker {
  const reopens = isClosing(current) && !isClosing(next);
  return next.version > current.version && !reopens ? next : current;
}
