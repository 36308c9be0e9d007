import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anImport, type CommandDatabase, named, openCommandDatabase } from '../fixtures/command-database.ts';
import { aLeaver, aRunMarker, aUserState, personIdOf, someFields } from '../fixtures/states.ts';

describe('somebody whom the directory brings for the first time', () => {
  let database: CommandDatabase;
  const everybody = () =>
    database.learners
      .find({ tombstone: { $ne: true } })
      .sort({ _id: 1 })
      .lean();
  const byHand = async (changes: Parameters<typeof anImport>[0]) => {
    expect(await database.command(anImport(changes))).toBe('applied 1');
    const learner = await database.learners.findOne().sort({ createdAt: -1 }).lean();
    return learner?._id ?? '';
  };
  const gone = (name: string, person: number, version: number) =>
    aLeaver({
      person,
      version,
      userPrincipalName: `${name}@acme.example`,
      fields: someFields({ email: `${name}@acme.example` }),
    });

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('is the learner by hand with their employee id, who keeps their id', async () => {
    const learnerId = await byHand({ employeeId: 'E7', fields: { email: 'old@acme.example' } });

    await database.users([named('ada', { person: 1, version: 1, employeeId: ' E7' })]);

    expect(await everybody()).toMatchObject([
      {
        _id: learnerId,
        active: true,
        fields: { email: 'ada@acme.example' },
        sources: { microsoft: { personId: personIdOf(1) } },
      },
    ]);
    expect(await database.provisioningLog.findOne({ learnerId, action: 'linked' }).lean()).toMatchObject({
      changes: expect.arrayContaining([{ field: 'microsoft', old: null, new: personIdOf(1) }]),
    });
  });

  it.each([
    ['email', { fields: { email: 'ADA@acme.example' } }],
    ['user principal name', { userPrincipalName: 'Ada@ACME.example', fields: { email: 'countess@home.example' } }],
  ])('is the learner by hand whose %s is their user principal name, in any case', async (_which, said) => {
    const learnerId = await byHand(said);

    await database.users([named('ada', { person: 1, version: 1 })]);

    expect(await everybody()).toMatchObject([{ _id: learnerId, sources: { microsoft: { personId: personIdOf(1) } } }]);
  });

  it('goes on as that learner: details, managers, leaving and coming back', async () => {
    const learnerId = await byHand({ fields: { email: 'ada@acme.example' } });
    await database.users([
      named('ada', { person: 1, version: 1 }),
      named('bo', { person: 2, version: 2, managerId: personIdOf(1) }),
    ]);
    expect(await database.linkedTo(2)).toMatchObject({ manager: { learnerId } });

    await database.users([named('renamed', { person: 1, version: 3, fields: { jobTitle: 'Countess' } })]);
    expect(await database.linkedTo(1)).toMatchObject({ _id: learnerId, fields: { jobTitle: 'Countess' } });

    await database.users([
      named('renamed', { person: 1, version: 4, active: false, removal: { cause: 'disabled', proof: 'read' } }),
    ]);
    expect(await database.linkedTo(1)).toMatchObject({ _id: learnerId, active: false });

    await database.users([named('renamed', { person: 1, version: 5 })]);
    expect(await database.linkedTo(1)).toMatchObject({ _id: learnerId, active: true });
    expect(await everybody()).toHaveLength(2);
  });

  it('is nobody of another organisation', async () => {
    await byHand({ fields: { email: 'ada@acme.example' } });

    await database.users([named('ada', { person: 1, version: 1, organisationId: 'globex' })]);

    expect(await everybody()).toHaveLength(2);
  });

  it('never deactivates anybody by value', async () => {
    const learnerId = await byHand({ employeeId: 'E7', fields: { email: 'ada@acme.example' } });

    await database.users([{ ...gone('ada', 1, 1), employeeId: 'E7' }]);

    expect(await database.learners.findById(learnerId).lean()).toMatchObject({
      active: true,
      sources: { microsoft: null },
    });
  });

  describe('waits in the inbox, and others go on', () => {
    const waiting = async (person: number) => {
      const row = await database.rowOf(person);
      expect(await database.linkedTo(person)).toBeNull();
      return row && { kind: row.kind, state: row.state, by: row.candidates.map(({ by }) => by.join()) };
    };

    it('where two learners could be this person', async () => {
      await byHand({ employeeId: 'E7', fields: { email: 'one@acme.example' } });
      await byHand({ fields: { email: 'ada@acme.example' } });

      await database.users([
        named('ada', { person: 1, version: 1, employeeId: 'E7' }),
        named('bo', { person: 2, version: 2 }),
        aRunMarker({ version: 3, stage: 'finished' }),
      ]);

      expect(await waiting(1)).toMatchObject({ kind: 'ambiguous-match', state: 'waiting' });
      expect(await database.linkedTo(2)).toMatchObject({ active: true });
      expect((await database.runs.findById('run-1').lean())?.applied).toMatchObject({ created: 1, conflicts: 1 });
    });

    it('where the address is the same and the employee id is not', async () => {
      await byHand({ employeeId: 'E8', fields: { email: 'ada@acme.example' } });

      await database.users([named('ada', { person: 1, version: 1, employeeId: 'E7' })]);

      expect(await waiting(1)).toEqual({ kind: 'ambiguous-match', state: 'waiting', by: ['userPrincipalName'] });
    });

    it('where somebody else in the directory has the employee id', async () => {
      await database.users([named('ada', { person: 1, version: 1, employeeId: 'E7' })]);

      await database.users([named('ada2', { person: 2, version: 2, employeeId: 'E7' })]);

      expect(await waiting(2)).toEqual({ kind: 'live-link-elsewhere', state: 'waiting', by: ['employeeId'] });
    });

    it('where somebody shows the address already, also of those who come at once', async () => {
      const shared = { email: 'desk@acme.example' };

      await database.users([
        named('ada', { person: 1, version: 1, fields: shared }),
        named('bo', { person: 2, version: 2, fields: shared }),
        named('cy', { person: 3, version: 3 }),
      ]);

      expect(await database.linkedTo(1)).toMatchObject({ active: true });
      expect(await waiting(2)).toEqual({ kind: 'duplicate-email', state: 'waiting', by: ['email'] });
      expect(await database.linkedTo(3)).toMatchObject({ active: true });
    });

    it('where a leaver had the name: a rehire, or a namesake', async () => {
      await database.users([named('ada', { person: 1, version: 1 })]);
      await database.users([gone('ada', 1, 2)]);

      await database.users([named('ada', { person: 2, version: 3 })]);

      expect(await waiting(2)).toEqual({ kind: 'rehire', state: 'waiting', by: ['userPrincipalName'] });
      expect(await database.linkedTo(1)).toMatchObject({ active: false });
    });

    it('until the question has gone, by the person or by the other', async () => {
      await database.users([named('ada', { person: 1, version: 1 }), named('ada', { person: 2, version: 2 })]);
      await database.users([named('bo', { person: 3, version: 3 }), named('bo', { person: 4, version: 4 })]);
      expect([await waiting(2), await waiting(4)]).toMatchObject([
        { kind: 'duplicate-email' },
        { kind: 'duplicate-email' },
      ]);

      await database.users([named('renamed', { person: 2, version: 5 }), named('other', { person: 3, version: 6 })]);

      expect([await database.linkedTo(2), await database.linkedTo(4)]).toMatchObject([
        { active: true },
        { active: true },
      ]);
      expect([await database.rowOf(2), await database.rowOf(4)]).toMatchObject([
        { state: 'settled' },
        { state: 'settled' },
      ]);
    });

    it('until they leave, and older states change nothing after that', async () => {
      await database.users([named('ada', { person: 1, version: 1 }), named('ada', { person: 2, version: 2 })]);

      const outcomes = await database.users([gone('ada', 2, 4), named('other', { person: 2, version: 3 })]);

      expect(await waiting(2)).toMatchObject({ state: 'settled' });
      expect(outcomes).toEqual([
        { kind: 'done' },
        { kind: 'skip', reason: 'something newer is applied already, or the person was erased' },
      ]);
      expect(await everybody()).toHaveLength(1);
    });
  });

  describe('renames of people who are known', () => {
    const emails = async () => (await everybody()).map(({ fields }) => fields.email).sort();

    it('change a value and nothing else', async () => {
      await database.users([named('ada', { person: 1, version: 1 })]);
      const before = await database.linkedTo(1);

      await database.users([named('countess', { person: 1, version: 2 })]);

      expect(await database.linkedTo(1)).toMatchObject({
        _id: before?._id,
        sessionVersion: 1,
        fields: { email: 'countess@acme.example' },
      });
      expect(await database.conflicts.countDocuments()).toBe(0);
    });

    it.each([
      ['in one round', 1],
      ['one after the other', 2],
    ])('may swap two names %s', async (_how, rounds) => {
      await database.users([named('ada', { person: 1, version: 1 }), named('bo', { person: 2, version: 2 })]);
      const swap = [named('bo', { person: 1, version: 3 }), named('ada', { person: 2, version: 4 })];

      if (rounds === 1) await database.users(swap);
      else for (const state of swap) await database.users([state]);

      expect(await database.linkedTo(1)).toMatchObject({ fields: { email: 'bo@acme.example' } });
      expect(await emails()).toEqual(['ada@acme.example', 'bo@acme.example']);
      expect(await database.conflicts.countDocuments()).toBe(0);
    });

    it('free a name for somebody who comes in the same round, in either order', async () => {
      await database.users([named('ada', { person: 1, version: 1 }), named('bo', { person: 2, version: 2 })]);

      await database.users([named('ada', { person: 3, version: 3 }), named('countess', { person: 1, version: 4 })]);
      await database.users([named('weaver', { person: 2, version: 5 }), named('bo', { person: 4, version: 6 })]);

      expect(await emails()).toEqual(['ada', 'bo', 'countess', 'weaver'].map((name) => `${name}@acme.example`));
      expect(await database.conflicts.countDocuments({ state: { $ne: 'settled' } })).toBe(0);
    });
  });

  it('counts nobody twice when everything comes again', async () => {
    const states = [
      aUserState({ person: 1, version: 1 }),
      named('ada', { person: 2, version: 2 }),
      named('ada', { person: 3, version: 3 }),
    ];
    await database.users(states);
    const once = await database.snapshot('acme');

    await database.users(states);

    expect(await database.snapshot('acme')).toEqual(once);
  });
});
