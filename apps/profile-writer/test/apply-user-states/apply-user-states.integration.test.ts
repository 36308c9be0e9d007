import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { departmentTeamId, learnerIdOf } from '@learnamp/learners';
import { aLeaver, aUserState, personIdOf, someFields, versionOf } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const idOf = (person: number) => learnerIdOf('acme', 'microsoft', personIdOf(person));

describe('states of people', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  beforeEach(async () => {
    const everything = [database.learners, database.teams, database.memberships, database.provisioningLog];
    await Promise.all(everything.map((collection) => collection.collection.deleteMany({})));
    await database.outcomeRows.deleteMany({});
  });
  afterAll(() => database.close());

  const learnerOf = (person: number) => database.learners.findById(idOf(person)).lean();
  const logOf = (person: number) =>
    database.provisioningLog
      .find({ learnerId: idOf(person) })
      .sort({ _id: 1 })
      .lean();
  const outcomeOf = async (person: number, runId: string) => {
    const row = await database.outcomeRows.findById(`${runId}:${personIdOf(person)}`).lean();
    return row?.outcome;
  };
  const teamsOf = async (person: number) => {
    const memberships = await database.memberships
      .find({ learnerId: idOf(person) })
      .sort({ _id: 1 })
      .lean();
    return memberships.map(({ teamId, origin }) => ({ teamId, origin }));
  };

  it('create learners with their fields, team, log entry and outcome', async () => {
    await database.users([aUserState({ person: 1, version: 3 })]);

    const teamId = departmentTeamId('acme', 'Engines');
    expect(await learnerOf(1)).toMatchObject({
      active: true,
      fields: someFields(),
      sources: { microsoft: { personId: personIdOf(1), version: versionOf(3), active: true, removal: null } },
      manager: null,
      primaryTeamId: teamId,
      sessionVersion: 1,
    });
    expect(await database.teams.findById(teamId).lean()).toMatchObject({ name: 'Engines', origin: 'department' });
    expect(await teamsOf(1)).toEqual([{ teamId, origin: 'department' }]);
    expect(await logOf(1)).toMatchObject([{ action: 'created', runId: 'run-1', version: versionOf(3) }]);
    expect(await outcomeOf(1, 'run-1')).toBe('created');
  });

  it('update what differs and tell old and new', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);

    const fields = someFields({ jobTitle: 'Countess', location: null });
    await database.users([aUserState({ person: 1, version: 2, runId: 'run-2', fields, managerId: personIdOf(9) })]);

    const [, entry] = await logOf(1);
    expect(entry).toMatchObject({ action: 'updated' });
    expect(entry?.changes).toEqual([
      { field: 'jobTitle', old: 'Analyst', new: 'Countess' },
      { field: 'location', old: 'London', new: null },
      { field: 'manager', old: null, new: personIdOf(9) },
    ]);
    expect(await outcomeOf(1, 'run-2')).toBe('updated');
  });

  it('that say nothing new raise the version and are not told', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    const before = await learnerOf(1);

    await database.users([aUserState({ person: 1, version: 2, runId: 'run-2' })]);

    const after = await learnerOf(1);
    expect(after?.sources.microsoft?.version).toBe(versionOf(2));
    expect(after?.updatedAt).toEqual(before?.updatedAt);
    expect(await logOf(1)).toHaveLength(1);
    expect(await outcomeOf(1, 'run-2')).toBe('unchanged');
  });

  it('deactivate leavers, end their sessions and keep their profile', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);

    const emptied = someFields({ firstName: null, department: null });
    await database.users([aLeaver({ person: 1, version: 2, runId: 'run-2', fields: emptied })]);

    expect(await learnerOf(1)).toMatchObject({
      active: false,
      fields: someFields(),
      sessionVersion: 2,
      sources: { microsoft: { active: false, removal: { cause: 'left' } } },
    });
    expect(await teamsOf(1)).toHaveLength(1);
    const [, entry] = await logOf(1);
    expect(entry).toMatchObject({
      action: 'deactivated',
      changes: [{ field: 'active', old: true, new: false }],
      removal: { cause: 'left' },
    });
    expect(await outcomeOf(1, 'run-2')).toBe('deactivated');
  });

  it('reactivate who comes back', async () => {
    await database.users([aUserState({ person: 1, version: 1 }), aLeaver({ person: 1, version: 2 })]);

    const fields = someFields({ jobTitle: 'Countess' });
    await database.users([aUserState({ person: 1, version: 3, runId: 'run-3', fields })]);

    expect(await learnerOf(1)).toMatchObject({ active: true, fields, sessionVersion: 2 });
    const [, , entry] = await logOf(1);
    expect(entry).toMatchObject({ action: 'reactivated' });
    expect(entry?.changes).toEqual([
      { field: 'active', old: false, new: true },
      { field: 'jobTitle', old: 'Analyst', new: 'Countess' },
    ]);
    expect(await outcomeOf(1, 'run-3')).toBe('updated');
  });

  it('of leavers who never were learners leave their version and nothing of a profile', async () => {
    await database.users([aLeaver({ person: 1, version: 5, managerId: personIdOf(2) })]);

    const learner = await learnerOf(1);
    expect(learner).toMatchObject({ active: false, tombstone: true, manager: null });
    expect(Object.values(learner?.fields ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(JSON.stringify(learner)).not.toMatch(/Ada|Lovelace|example\.com/u);
    expect(await logOf(1)).toEqual([]);
    expect(await teamsOf(1)).toEqual([]);
    expect(await outcomeOf(1, 'run-1')).toBe('unchanged');
  });

  it('that are older than a leaver do not bring them back, newer ones do', async () => {
    await database.users([aLeaver({ person: 1, version: 5 })]);

    const [late] = await database.users([aUserState({ person: 1, version: 4 })]);
    expect(late).toMatchObject({ kind: 'skip' });
    expect(await learnerOf(1)).toMatchObject({ active: false, tombstone: true });
    expect(await teamsOf(1)).toEqual([]);

    await database.users([aUserState({ person: 1, version: 6, runId: 'run-6' })]);
    const learner = await learnerOf(1);
    expect(learner).toMatchObject({ active: true, sessionVersion: 1, fields: someFields() });
    expect(learner).not.toHaveProperty('tombstone');
    expect(await outcomeOf(1, 'run-6')).toBe('created');
  });

  it('that are outdated leave no effects behind', async () => {
    await database.users([aUserState({ person: 1, version: 5 })]);
    const before = await database.snapshot('acme');

    const late = aUserState({ person: 1, version: 4, runId: 'run-0', fields: someFields({ department: 'Mills' }) });
    const outcomes = await database.users([late]);

    expect(outcomes).toEqual([
      { kind: 'skip', reason: 'something newer is applied already, or the person was erased' },
    ]);
    expect(await database.snapshot('acme')).toEqual(before);
  });

  it('are applied one after the other where a batch has several of one person', async () => {
    const outcomes = await database.users([
      aUserState({ person: 1, version: 1 }),
      aUserState({ person: 2, version: 2 }),
      aLeaver({ person: 1, version: 3 }),
      aUserState({ person: 1, version: 4 }),
    ]);

    expect(outcomes).toEqual(Array(4).fill({ kind: 'done' }));
    const actions = (await logOf(1)).map(({ action }) => action);
    expect(actions).toEqual(['created', 'deactivated', 'reactivated']);
    expect(await learnerOf(1)).toMatchObject({ active: true, sessionVersion: 2 });
  });

  it('of different organisations do not meet', async () => {
    await database.users([
      aUserState({ person: 1, version: 1 }),
      aUserState({ person: 1, version: 1, organisationId: 'globex', managerId: personIdOf(2) }),
      aUserState({ person: 2, version: 2 }),
    ]);

    const elsewhere = await database.learners.findById(learnerIdOf('globex', 'microsoft', personIdOf(1))).lean();
    expect(elsewhere?.manager).toEqual({ personId: personIdOf(2), learnerId: null });
    expect(await database.learners.countDocuments({ organisationId: 'acme' })).toBe(2);
  });
});
