import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { departmentTeamId } from '@learnamp/learners';
import { aLeaver, aRunMarker, aUserState, someFields } from '../fixtures/states.ts';
import { type CommandDatabase, openCommandDatabase } from '../fixtures/command-database.ts';

const inDepartment = (person: number, version: number, department: string | null) =>
  aUserState({ person, version, fields: someFields({ department }) });
const [looms, engines] = [departmentTeamId('acme', 'Looms'), departmentTeamId('acme', 'Engines')];

describe('teams by hand', () => {
  let database: CommandDatabase;
  const learnerId = async (person: number) => (await database.linkedTo(person))?._id ?? '';
  const teamsOf = async (person: number) => {
    const found = await database.memberships.find({ learnerId: await learnerId(person) }).lean();
    return found.map(({ teamId, origin }) => `${teamId === looms ? 'looms' : 'engines'} by ${origin}`).sort();
  };
  const parentOf = async (teamId: string) => (await database.teams.findById(teamId).lean())?.parentId;

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('keep their place and their members whatever is synced, and stay when nobody is left', async () => {
    await database.users([inDepartment(1, 1, 'Looms'), inDepartment(2, 2, 'Engines')]);
    expect(await database.command({ kind: 'set-team-parent', teamId: looms, parentId: engines })).toBe('applied 1');
    const by = { learnerId: await learnerId(1), teamId: engines };
    expect(await database.command({ kind: 'add-membership', ...by })).toBe('applied 1');

    await database.users([
      inDepartment(1, 3, null),
      inDepartment(2, 4, null),
      aRunMarker({ version: 5, stage: 'finished' }),
    ]);
    await database.users([aLeaver({ person: 1, version: 6 }), inDepartment(1, 7, null)]);

    expect(await teamsOf(1)).toEqual(['engines by manual']);
    expect([await parentOf(looms), await parentOf(engines)]).toEqual([engines, null]);
  });

  it('lose a member only by hand, and never one who is there by department', async () => {
    await database.users([inDepartment(1, 1, 'Looms')]);
    const by = { learnerId: await learnerId(1), teamId: looms };
    await database.command({ kind: 'add-membership', ...by });
    expect(await teamsOf(1)).toEqual(['looms by department', 'looms by manual']);

    await database.command({ kind: 'remove-membership', ...by });
    await database.command({ kind: 'remove-membership', ...by });

    expect(await teamsOf(1)).toEqual(['looms by department']);
  });

  it('are never under themselves, nor under or with what isn’t there', async () => {
    await database.users([inDepartment(1, 1, 'Looms'), inDepartment(2, 2, 'Engines')]);
    await database.command({ kind: 'set-team-parent', teamId: looms, parentId: engines });
    const under = (teamId: string, parentId: string) => database.command({ kind: 'set-team-parent', teamId, parentId });

    expect(await under(engines, looms)).toMatch(/under itself/);
    expect(await under(engines, engines)).toMatch(/under itself/);
    expect(await under('tm_none', looms)).toMatch(/no such team/);
    expect(await under(looms, 'tm_none')).toMatch(/no such parent/);
    expect(await database.command({ kind: 'add-membership', learnerId: 'lrn_none', teamId: looms })).toMatch(
      /no such learner/,
    );
    expect(
      await database.command({ kind: 'add-membership', learnerId: await learnerId(1), teamId: 'tm_none' }),
    ).toMatch(/no such team/);
    const elsewhere = { kind: 'add-membership', learnerId: await learnerId(1), teamId: looms } as const;
    expect(await database.command(elsewhere, 'globex')).toMatch(/no such team/);
  });
});
