import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { departmentTeamId, learnerIdOf, membershipId } from '@learnamp/learners';
import { aUserState, personIdOf, someFields } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const inDepartment = (person: number, version: number, department: string | null) =>
  aUserState({ person, version, fields: someFields({ department }) });

describe('department teams', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  const teamIdsOf = async (person: number) => {
    const learnerId = learnerIdOf('acme', 'microsoft', personIdOf(person));
    const memberships = await database.memberships.find({ learnerId }).sort({ teamId: 1 }).lean();
    return memberships.map(({ teamId }) => teamId);
  };

  it('follow a learner who changes departments', async () => {
    await database.users([inDepartment(1, 1, 'Looms')]);
    await database.users([inDepartment(1, 2, 'Engines')]);

    expect(await teamIdsOf(1)).toEqual([departmentTeamId('acme', 'Engines')]);
  });

  it.each([
    [null, 20],
    ['', 21],
    ['  ', 22],
  ])('are left by a learner whose department becomes %j', async (department, person) => {
    await database.users([inDepartment(person, 1, 'Looms')]);
    expect(await teamIdsOf(person)).toEqual([departmentTeamId('acme', 'Looms')]);

    await database.users([inDepartment(person, 2, department)]);

    expect(await teamIdsOf(person)).toEqual([]);
  });

  it('are one for spellings that differ in case and space, and keep the first name', async () => {
    await database.users([inDepartment(3, 1, 'Human  Resources'), inDepartment(4, 2, ' human resources ')]);

    expect(await teamIdsOf(3)).toEqual(await teamIdsOf(4));
    const team = await database.teams.findById(departmentTeamId('acme', 'Human Resources')).lean();
    expect(team?.name).toBe('Human Resources');
  });

  it('keep the name and the parent that people gave them', async () => {
    await database.users([inDepartment(5, 1, 'Mills')]);
    const teamId = departmentTeamId('acme', 'Mills');
    await database.teams.updateOne({ _id: teamId }, { name: 'The Mills', parentId: 'tm_parent' });

    await database.users([inDepartment(6, 2, 'Mills'), inDepartment(5, 3, 'Mills')]);

    expect(await database.teams.findById(teamId).lean()).toMatchObject({ name: 'The Mills', parentId: 'tm_parent' });
  });

  it('leave memberships made by hand alone', async () => {
    await database.users([inDepartment(7, 1, 'Looms')]);
    const learnerId = learnerIdOf('acme', 'microsoft', personIdOf(7));
    const byHand = { learnerId, teamId: departmentTeamId('acme', 'Looms'), origin: 'manual' } as const;
    await database.memberships.create({ _id: membershipId(byHand), organisationId: 'acme', ...byHand });

    await database.users([inDepartment(7, 2, 'Engines')]);

    const wanted = [departmentTeamId('acme', 'Looms'), departmentTeamId('acme', 'Engines')];
    expect(await teamIdsOf(7)).toEqual(wanted.sort());
  });
});
