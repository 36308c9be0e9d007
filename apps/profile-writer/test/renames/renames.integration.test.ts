import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerAction } from '@learnamp/contracts';
import { departmentTeamId } from '@learnamp/learners';
import { createUserRecordsHandler, learnerAccess } from '../../src/intake/user-records-handler.ts';
import { type CommandDatabase, openCommandDatabase } from '../fixtures/command-database.ts';
import { delivered, type UsersEvent, usersEvent } from '../fixtures/events.ts';
import { aLeaver, aRunMarker, aUserState, someFields } from '../fixtures/states.ts';
import { context, silent, tickingClock } from '../fixtures/writer-database.ts';

const teamId = (department: string) => departmentTeamId('acme', department);
const [engines, motors, looms, drives] = [teamId('Engines'), teamId('Motors'), teamId('Looms'), teamId('Drives')];

let version = 0;
/** People, by number, as a run brings them: each in a department. */
const run = (people: Readonly<Record<number, string | null>>): UsersEvent[] => {
  const runId = `run-${version}`;
  return [
    ...Object.entries(people).map(([person, department]) =>
      aUserState({ person: Number(person), version: (version += 1), runId, fields: someFields({ department }) }),
    ),
    aRunMarker({ version: (version += 1), runId, mode: 'delta', stage: 'finished' }),
  ];
};

const everybody = (department: string, numbers = [1, 2, 3, 4]) =>
  Object.fromEntries(numbers.map((number) => [number, department]));

const answer = (given: 'accept' | 'dismiss', from = engines, to = motors): LearnerAction => ({
  ...{ kind: 'answer-rename', from, to, answer: given },
});

describe('a department that seems to have been renamed', () => {
  let database: CommandDatabase;
  const offers = async () => {
    const found = await database.renameOffers.find({ organisationId: 'acme' }).sort({ _id: 1 }).lean();
    return found.map(({ from, to, moved, of, state }) => `${from.name} to ${to.name}, ${moved} of ${of}: ${state}`);
  };
  const membersOf = async (id: string) => {
    const rows = await database.memberships.find({ teamId: id }).lean();
    const learners = await database.learners.find({ _id: { $in: rows.map(({ learnerId }) => learnerId) } }).lean();
    return learners.map(({ sources }) => Number(sources.microsoft?.personId.slice(-12))).sort((a, b) => a - b);
  };
  const team = (id: string) => database.teams.findById(id).lean();
  const learnerId = async (person: number) => (await database.linkedTo(person))?._id ?? '';
  const primaryTeams = () => database.learners.distinct('primaryTeamId', { organisationId: 'acme' });

  const aDayLater = async () => {
    const earlier = (field: string) => ({ [field]: { $subtract: [`$${field}`, 25 * 3600 * 1000] } });
    await database.provisioningLog.updateMany({}, [{ $set: earlier('at') }], { updatePipeline: true });
    await database.renameOffers.updateMany({}, [{ $set: earlier('since') }], { updatePipeline: true });
    const answered = { answer: { $ne: null } };
    await database.renameOffers.updateMany(answered, [{ $set: earlier('answer.at') }], { updatePipeline: true });
  };

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('is offered once most of its people came to a new name, and changes nothing by itself', async () => {
    await database.users(run({ ...everybody('Engines'), 5: 'Looms' }));
    expect(await offers()).toEqual([]);

    await database.users(run(everybody('Motors', [1, 2])));
    expect(await offers()).toEqual([]);
    await database.users(run({ 3: 'Motors', 6: 'Motors' }));

    expect(await offers()).toEqual(['Engines to Motors, 3 of 4: open']);
    expect([await membersOf(engines), await membersOf(motors)]).toEqual([[4], [1, 2, 3, 6]]);
  });

  it('is none when a few people change departments, or many to one that was there', async () => {
    await database.users(run({ ...everybody('Engines', [1, 2, 3, 4, 5, 6, 7]), ...everybody('Looms', [8, 9, 10]) }));

    await database.users(run({ ...everybody('Motors', [1, 2, 3]), ...everybody('Engines', [8, 9, 10]) }));

    expect(await offers()).toEqual([]);
  });

  it('is none when many come to one that others came to when everything was new', async () => {
    await database.users(run({ ...everybody('Engines'), 5: 'Motors' }));

    await database.users(run(everybody('Motors')));

    expect(await offers()).toEqual([]);
  });

  it('is none when people come to a new one day after day', async () => {
    await database.users(run(everybody('Engines')));
    for (const person of [1, 2, 3, 4]) {
      await aDayLater();
      await database.users(run({ [person]: 'Motors' }));
    }

    expect(await offers()).toEqual([]);
  });

  it('is offered as long as it is so, and for a new move again after an answer', async () => {
    await database.users(run(everybody('Engines')));
    await database.users(run(everybody('Motors')));
    await aDayLater();
    await database.users(run({ 9: 'Looms' }));
    expect(await offers()).toEqual(['Engines to Motors, 4 of 4: open']);
    await database.command(answer('dismiss'));
    await aDayLater();
    await database.users(run(everybody('Engines')));
    expect(await offers()).toContain('Engines to Motors, 4 of 4: dismissed');
    await aDayLater();

    await database.users(run(everybody('Motors')));

    expect(await offers()).toContain('Engines to Motors, 4 of 4: open');
  });

  it('is none of people who left and came back, nor of another organisation', async () => {
    await database.users(run(everybody('Engines')));
    await database.users([1, 2, 3, 4].map((person) => aLeaver({ person, version: (version += 1) })));
    const elsewhere = [1, 2, 3, 4].map((person) =>
      aUserState({ person, version: person, organisationId: 'globex', fields: someFields({ department: 'Engines' }) }),
    );
    await database.users(elsewhere);

    await database.users(run(everybody('Motors')));
    await database.users([aRunMarker({ organisationId: 'globex', version: 9, stage: 'finished' })]);

    expect(await database.renameOffers.countDocuments()).toBe(0);
  });

  it('is offered once, whatever comes again and in whatever order', async () => {
    const [first, second] = [run(everybody('Engines')), run(everybody('Motors'))];
    await database.users(first);
    await database.users(second);
    const before = await database.snapshot('acme');

    await database.users([...second].reverse());
    await database.users([...first, ...second]);

    const { renameOffers, memberships, teams } = await database.snapshot('acme');
    expect({ renameOffers, memberships, teams }).toEqual({
      ...{ renameOffers: before['renameOffers'], memberships: before['memberships'], teams: before['teams'] },
    });
    expect(await offers()).toEqual(['Engines to Motors, 4 of 4: open']);
  });

  it('is withdrawn when its people go back, and offered again when they return', async () => {
    await database.users(run(everybody('Engines')));
    await database.users(run(everybody('Motors')));

    await database.users(run(everybody('Engines', [1, 2])));
    expect(await offers()).toEqual(['Engines to Motors, 4 of 4: withdrawn']);
    expect(await database.command(answer('accept'))).toMatch(/not offered any more/);

    await database.users(run(everybody('Motors', [1, 2])));
    expect(await offers()).toEqual(['Engines to Motors, 4 of 4: open']);
  });

  it('is not accepted when its people went back in the meantime', async () => {
    await database.users(run(everybody('Engines')));
    await database.users(run(everybody('Motors')));
    await database.users(run(everybody('Engines', [1, 2])).slice(0, -1));

    expect(await database.command(answer('accept'))).toMatch(/not where they were/);

    expect(await offers()).toEqual(['Engines to Motors, 4 of 4: withdrawn']);
    expect((await team(motors))?.mergedInto).toBeUndefined();
  });

  describe('and was', () => {
    it('keeps its team with all that is its own, and takes in the other’s', async () => {
      await database.users(run({ ...everybody('Engines'), 5: 'Looms', 6: 'Drives', 7: 'Mills' }));
      await database.users(run(everybody('Motors')));
      const parent = (id: string, parentId: string) =>
        database.command({ kind: 'set-team-parent', teamId: id, parentId });
      await parent(engines, looms);
      await parent(drives, engines);
      await parent(teamId('Mills'), motors);
      await database.command({ kind: 'add-membership', learnerId: await learnerId(5), teamId: engines });
      await database.command({ kind: 'add-membership', learnerId: await learnerId(6), teamId: motors });

      expect(await database.command(answer('accept'))).toBe('applied 1');

      expect(await team(engines)).toMatchObject({ name: 'Motors', parentId: looms });
      expect([await membersOf(engines), await membersOf(motors)]).toEqual([[1, 2, 3, 4, 5, 6], []]);
      expect([(await team(drives))?.parentId, (await team(teamId('Mills')))?.parentId]).toEqual([engines, engines]);
      expect(await primaryTeams()).toEqual([engines, looms, drives, teamId('Mills')].sort());
      expect(await offers()).toEqual(['Engines to Motors, 4 of 4: accepted']);
    });

    it('has in its team whoever comes to the new name, or is still under the old one', async () => {
      await database.users(run(everybody('Engines', [1, 2, 3, 4, 5])));
      await database.users(run(everybody('Motors', [1, 2, 3])));
      await database.command(answer('accept'));

      await database.users(run({ 4: 'Motors', 6: 'motors', 7: 'Looms', 1: 'Looms' }));

      expect([await membersOf(engines), await membersOf(motors)]).toEqual([[2, 3, 4, 5, 6], []]);
      expect(await primaryTeams()).toEqual([engines, looms].sort());
      expect(await database.command({ kind: 'set-team-parent', teamId: motors, parentId: looms })).toMatch(
        /no such team/,
      );
    });

    it('is the same whatever comes again', async () => {
      const [first, second] = [run(everybody('Engines')), run(everybody('Motors'))];
      await database.users([...first, ...second]);
      await database.command(answer('accept'), 'acme', 'accept-once');
      const { teams, memberships, renameOffers } = await database.snapshot('acme');

      await database.commandOutcomes.deleteMany({});
      await database.command(answer('accept'), 'acme', 'accept-once');
      await database.users([...second, ...first, ...second]);

      expect(await database.snapshot('acme')).toMatchObject({ teams, memberships, renameOffers });
    });

    it('may be renamed again, and back', async () => {
      await database.users(run(everybody('Engines')));
      for (const name of ['Motors', 'Drives', 'Engines']) {
        const before = (await team(engines))?.name;
        await aDayLater();
        await database.users(run(everybody(name)));
        const open = await database.renameOffers.findOne({ state: 'open' }).lean().orFail();
        expect([open.from.name, open.to.name]).toEqual([before, name]);
        await database.command(answer('accept', open.from.departmentId, open.to.departmentId));

        expect([(await team(engines))?.name, await membersOf(engines)]).toEqual([name, [1, 2, 3, 4]]);
      }
    });

    it('takes the place of a team that it was under, without being under itself', async () => {
      await database.users(run(everybody('Engines')));
      await database.users(run({ ...everybody('Motors'), 5: 'Looms', 6: 'Drives' }));
      const under = (id: string, parentId: string) =>
        database.command({ kind: 'set-team-parent', teamId: id, parentId });
      await under(motors, drives);
      await under(looms, motors);
      await under(engines, looms);

      await database.command(answer('accept'));

      expect([(await team(engines))?.parentId, (await team(looms))?.parentId]).toEqual([looms, drives]);
    });

    it('leaves no other department that seemed to have become the same', async () => {
      await database.users(run({ ...everybody('Engines'), ...everybody('Looms', [5, 6, 7]) }));
      await database.users(run(everybody('Motors', [1, 2, 3, 4, 5, 6, 7])));
      expect((await offers()).filter((line) => line.endsWith('open'))).toHaveLength(2);

      await database.command(answer('accept'));

      expect((await offers()).sort()).toEqual([
        'Engines to Motors, 4 of 4: accepted',
        'Looms to Motors, 3 of 3: withdrawn',
      ]);
    });
  });

  describe('and was not', () => {
    it('stays two teams, and isn’t asked about again', async () => {
      await database.users(run(everybody('Engines')));
      await database.users(run(everybody('Motors')));

      expect(await database.command(answer('dismiss'))).toBe('applied 1');
      await database.users(run({ 1: 'Motors', 5: 'Motors' }));

      expect([await membersOf(engines), await membersOf(motors)]).toEqual([[], [1, 2, 3, 4, 5]]);
      expect((await team(engines))?.name).toBe('Engines');
      expect(await offers()).toEqual(['Engines to Motors, 4 of 4: dismissed']);
      expect(await database.command(answer('accept'))).toMatch(/not offered any more/);
    });
  });

  describe('and is accepted while people are applied', () => {
    const applyMeanwhile = async (teams: CommandDatabase['teams']) => {
      await database.users(run({ ...everybody('Engines'), 5: 'Looms' }));
      await database.users(run(everybody('Motors')));
      const access = learnerAccess(database);
      const writer = createUserRecordsHandler(
        {
          ...{ collections: { ...database, teams }, clock: tickingClock(), logger: silent },
          findSettings: () => Promise.resolve(new Map()),
          emptyKeys: () => Promise.resolve(),
        },
        {
          ...access,
          saveLearners: async (writes) => {
            await database.command(answer('accept'));
            return access.saveLearners(writes);
          },
        },
      );
      await writer(run({ 5: 'Motors', 6: 'Motors', 1: 'Motors' }).map(usersEvent).map(delivered), context);
    };

    it('has everybody in one team', async () => {
      await applyMeanwhile(database.teams);

      expect([await membersOf(engines), await membersOf(motors)]).toEqual([[1, 2, 3, 4, 5, 6], []]);
      expect(await primaryTeams()).toEqual([engines]);
    });

    it('would lose some of them, if the writer knew of no merge', async () => {
      const find = (filter: object) => database.teams.find('mergedInto' in filter ? { _id: null } : filter);
      await applyMeanwhile(
        new Proxy(database.teams, {
          get: (teams, name) => (name === 'find' ? find : (Reflect.get(teams, name) as unknown)),
        }),
      );

      expect([await membersOf(engines), await primaryTeams()]).toEqual([[2, 3, 4, 6], [engines, motors].sort()]);
    });
  });
});
