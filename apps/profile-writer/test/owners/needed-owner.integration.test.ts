import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { aLeaver, aRunMarker, aUserState, personIdOf } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const learnerId = (person: number) => learnerIdOf('acme', 'microsoft', personIdOf(person));

describe('an Owner who is needed', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
    await database.organisation('acme', 'off');
  }, 120_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await Promise.all([database.learners.deleteMany({}), database.roles.deleteMany({})]);
    await database.provisioningLog.deleteMany({});
    await database.breakGlass('acme', null);
    await database.users([1, 2, 3].map((person) => aUserState({ person, version: person })));
  });

  const own = (...people: number[]) =>
    database.roles.insertMany(
      people.map((person) => ({
        _id: `acme:${learnerId(person)}`,
        ...{ organisationId: 'acme', learnerId: learnerId(person), role: 'Owner' as const },
      })),
    );
  const active = async () => {
    const found = await database.learners.find({ active: true }).lean();
    return [1, 2, 3].filter((person) => found.some(({ _id }) => _id === learnerId(person)));
  };
  const finishFullRun = (version: number) => database.users([aRunMarker({ version, stage: 'finished' })]);

  it('stays active when they leave, and the log says that they were kept', async () => {
    await own(1);
    await database.users([aLeaver({ person: 1, version: 10 }), aLeaver({ person: 2, version: 11 })]);

    expect(await active()).toEqual([1, 3]);
    const entries = await database.provisioningLog
      .find({ learnerId: learnerId(1) })
      .sort({ version: 1 })
      .lean();
    expect(entries.at(-1)).toMatchObject({ action: 'kept', changes: [], removal: { cause: 'left' } });
  });

  it('keeps their sessions', async () => {
    await own(1);
    const before = await database.learners.findById(learnerId(1)).lean();
    await database.users([aLeaver({ person: 1, version: 10 })]);

    expect((await database.learners.findById(learnerId(1)).lean())?.sessionVersion).toBe(before?.sessionVersion);
  });

  it('is one of them where all leave at once, and nobody where another one stays', async () => {
    await own(1, 2);
    await database.users([aLeaver({ person: 1, version: 10 }), aLeaver({ person: 2, version: 11 })]);
    expect((await active()).filter((person) => person !== 3)).toHaveLength(1);

    await own(3);
    await finishFullRun(20);
    expect(await active()).toEqual([3]);
  });

  it('is deactivated by the end of a full run once somebody else is an active Owner, and not before', async () => {
    await own(1);
    await database.users([aLeaver({ person: 1, version: 10 })]);
    await finishFullRun(20);
    expect(await active()).toEqual([1, 2, 3]);

    await own(2);
    await finishFullRun(21);
    expect(await active()).toEqual([2, 3]);
    const entries = await database.provisioningLog
      .find({ learnerId: learnerId(1) })
      .sort({ version: 1 })
      .lean();
    expect(entries.map(({ action }) => action)).toEqual(['created', 'kept', 'deactivated']);
  });

  it('is an ordinary learner again when they come back', async () => {
    await own(1);
    await database.users([aLeaver({ person: 1, version: 10 })]);
    await database.users([aUserState({ person: 1, version: 11 })]);
    await own(2);
    await finishFullRun(20);

    expect(await active()).toEqual([1, 2, 3]);
  });

  it('is the one who alone may sign in by password, beside others, until that ends', async () => {
    await own(1, 2);
    await database.breakGlass('acme', learnerId(1));
    await database.users([aLeaver({ person: 1, version: 10 }), aLeaver({ person: 2, version: 11 })]);
    await own(3);
    await finishFullRun(20);
    expect(await active()).toEqual([1, 3]);

    await database.breakGlass('acme', null);
    await finishFullRun(21);
    expect(await active()).toEqual([3]);
  });

  it('is not an inactive one', async () => {
    await own(1, 2);
    await database.users([aLeaver({ person: 2, version: 10 })]);
    await database.users([aLeaver({ person: 1, version: 11 })]);

    expect(await active()).toEqual([1, 3]);
  });
});
