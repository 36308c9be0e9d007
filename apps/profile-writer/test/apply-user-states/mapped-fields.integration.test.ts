import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { departmentTeamId, learnerIdOf } from '@learnamp/learners';
import { aLeaver, aRunMarker, aUserState, personIdOf, someFields } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const idOf = (person: number) => learnerIdOf('acme', 'microsoft', personIdOf(person));
const noRules = { createOnly: [], keptWhenEmpty: [], unreadable: [] };

describe('states with rules and custom fields', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  beforeEach(async () => {
    const { learners, teams, memberships, provisioningLog, outcomeRows } = database;
    const everything = [learners, teams, memberships, provisioningLog, outcomeRows];
    await Promise.all(everything.map((collection) => collection.collection.deleteMany({})));
  });
  afterAll(() => database.close());

  const learnerOf = (person: number) => database.learners.findById(idOf(person)).lean();
  const changesOf = async (person: number) => {
    const entries = await database.provisioningLog
      .find({ learnerId: idOf(person) })
      .sort({ _id: 1 })
      .lean();
    return entries.map(({ changes }) => changes);
  };

  it('show custom fields, and tell what changed of them', async () => {
    await database.users([aUserState({ person: 1, version: 1, customFields: { costCentre: 'CC-1', town: null } })]);
    await database.users([aUserState({ person: 1, version: 2, customFields: { costCentre: 'CC-2', town: null } })]);

    expect((await learnerOf(1))?.customFields).toEqual({ costCentre: 'CC-2', town: null });
    const [created, updated] = await changesOf(1);
    expect(created).toContainEqual({ field: 'customFields.costCentre', old: null, new: 'CC-1' });
    expect(updated).toEqual([{ field: 'customFields.costCentre', old: 'CC-1', new: 'CC-2' }]);
  });

  it('leave the team of a department that is kept, and tell nothing of it', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    const fieldRules = { ...noRules, keptWhenEmpty: ['department'] };
    await database.users([aUserState({ person: 1, version: 2, fields: someFields({ department: null }), fieldRules })]);

    const teamId = departmentTeamId('acme', 'Engines');
    expect(await learnerOf(1)).toMatchObject({ fields: { department: 'Engines' }, primaryTeamId: teamId });
    expect(await database.memberships.distinct('teamId', { learnerId: idOf(1) })).toEqual([teamId]);
    expect(await changesOf(1)).toHaveLength(1);
  });

  it('blank nothing that could not be read, and give it as soon as it can be', async () => {
    const readable = aUserState({ person: 1, version: 3, customFields: { costCentre: 'CC-3' } });
    const fieldRules = { ...noRules, unreadable: ['customFields.costCentre', 'jobTitle'] };
    await database.users([aUserState({ person: 1, version: 1, customFields: { costCentre: 'CC-1' } })]);
    await database.users([
      aUserState({
        person: 1,
        version: 2,
        fields: someFields({ jobTitle: null }),
        customFields: { costCentre: null },
        fieldRules,
      }),
    ]);
    expect(await learnerOf(1)).toMatchObject({ fields: { jobTitle: 'Analyst' }, customFields: { costCentre: 'CC-1' } });

    await database.users([readable]);
    expect((await learnerOf(1))?.customFields).toEqual({ costCentre: 'CC-3' });
  });

  it('change nothing when all of it comes again', async () => {
    const fieldRules = { createOnly: ['jobTitle'], keptWhenEmpty: ['location'], unreadable: ['jobTitle'] };
    const states = [
      aUserState({ person: 1, version: 1, fields: someFields({ jobTitle: null }), fieldRules }),
      aUserState({ person: 1, version: 2, fieldRules: { ...fieldRules, unreadable: [] }, customFields: { a: '1' } }),
      aUserState({ person: 1, version: 3, fieldRules: { ...fieldRules, unreadable: [] }, customFields: { a: '2' } }),
    ];
    for (const state of states) await database.users([state]);
    const once = await database.snapshot('acme');

    for (const state of states) await database.users([state]);

    expect(await database.snapshot('acme')).toEqual(once);
    expect((await learnerOf(1))?.fields.jobTitle).toBe('Analyst');
  });

  it('leave custom fields of leavers, and of those who come back, by the same rules', async () => {
    const fieldRules = { ...noRules, createOnly: ['customFields.start'] };
    const state = (version: number, start: string) =>
      aUserState({ person: 1, version, customFields: { start, costCentre: `CC-${version}` }, fieldRules });
    await database.users([state(1, 'first')]);
    await database.users([aLeaver({ person: 1, version: 2, customFields: { start: null } })]);
    expect(await learnerOf(1)).toMatchObject({ active: false, customFields: { start: 'first', costCentre: 'CC-1' } });

    await database.users([state(3, 'again')]);

    expect(await learnerOf(1)).toMatchObject({ active: true, customFields: { start: 'first', costCentre: 'CC-3' } });
  });

  it('keep nothing of the profile of somebody who was never a learner', async () => {
    await database.users([aLeaver({ person: 1, version: 1, customFields: { costCentre: 'CC-1' } })]);

    expect(JSON.stringify(await learnerOf(1))).not.toContain('CC-1');
  });

  it('tell on their run which fields could not be read', async () => {
    const unreadableFields = [{ field: 'jobTitle', people: 3, problem: 'the expression failed (D3137)' }];
    await database.users([aRunMarker({ version: 1, stage: 'finished', unreadableFields })]);

    expect(await database.runs.findById('run-1').lean()).toMatchObject({ unreadableFields });
  });
});
