import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anImport, type CommandDatabase, named, openCommandDatabase } from '../fixtures/command-database.ts';
import { aUserState, personIdOf, versionOf } from '../fixtures/states.ts';

describe('answers to the conflict inbox', () => {
  let database: CommandDatabase;
  const answer = (person: number, said: 'link' | 'create' | 'ignore', learnerId?: string, commandId?: string) =>
    database.command(
      { kind: 'resolve-conflict', personId: personIdOf(person), answer: said, ...(learnerId ? { learnerId } : {}) },
      'acme',
      commandId,
    );
  const candidateOf = async (person: number) => (await database.rowOf(person))?.candidates[0]?.learnerId ?? '';
  /** Ada left, and somebody by her name came. */
  const aRehire = async () => {
    await database.users([named('ada', { person: 1, version: 1, fields: { jobTitle: 'Analyst' } })]);
    await database.users([
      named('ada', { person: 1, version: 2, active: false, removal: { cause: 'deleted', proof: '404' } }),
    ]);
    await database.users([named('ada', { person: 2, version: 3, fields: { jobTitle: 'Countess' } })]);
    return candidateOf(2);
  };

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('link a person to the learner they were, who comes back', async () => {
    const learnerId = await aRehire();

    expect(await answer(2, 'link', learnerId)).toBe('applied 1');

    expect(await database.learners.find().lean()).toMatchObject([
      {
        _id: learnerId,
        active: true,
        fields: { jobTitle: 'Countess' },
        sources: { microsoft: { personId: personIdOf(2), version: versionOf(3) } },
        formerLinks: [{ personId: personIdOf(1), ended: 'replaced' }],
      },
    ]);
    expect(await database.rowOf(2)).toMatchObject({ state: 'settled', answer: { by: 'lrn_admin', learnerId } });
  });

  it('make former object ids speak for themselves alone', async () => {
    const learnerId = await aRehire();
    await answer(2, 'link', learnerId);

    await database.users([
      named('ada', { person: 1, version: 4, active: false, removal: { cause: 'left', proof: 'no' } }),
    ]);
    expect(await database.learners.find().lean()).toMatchObject([{ _id: learnerId, active: true }]);

    await database.users([named('restored', { person: 1, version: 5 })]);
    expect(await database.rowOf(1)).toMatchObject({
      kind: 'live-link-elsewhere',
      candidates: [{ learnerId, by: ['objectId'] }],
    });
    expect(await database.learners.countDocuments()).toBe(1);
  });

  it('make a learner of one’s own, also where the usual id is taken', async () => {
    const learnerId = await aRehire();
    expect(await answer(2, 'create')).toBe('applied 1');
    expect(await database.linkedTo(2)).toMatchObject({ active: true, fields: { jobTitle: 'Countess' } });
    expect(await database.linkedTo(1)).toMatchObject({ _id: learnerId, active: false });

    await database.command({ kind: 'unlink', learnerId: (await database.linkedTo(2))?._id ?? '' });
    expect(await database.linkedTo(2)).toBeNull();
    expect(await answer(2, 'create')).toBe('applied 1');

    expect(await database.learners.countDocuments()).toBe(3);
    expect(await database.linkedTo(2)).toMatchObject({ active: true });
  });

  it('leave a person out as long as the question is the same', async () => {
    await aRehire();
    await answer(2, 'ignore');

    await database.users([named('ada', { person: 2, version: 4, fields: { jobTitle: 'Duchess' } })]);
    expect(await database.rowOf(2)).toMatchObject({ state: 'ignored', said: { version: versionOf(4) } });

    await database.users([named('ada', { person: 1, version: 5 })]);
    expect(await database.rowOf(2)).toMatchObject({ state: 'waiting', kind: 'duplicate-email' });
  });

  it('are refused where nobody waits, or for somebody who is no candidate', async () => {
    await aRehire();

    expect(await answer(7, 'create')).toMatch(/Nobody waits/);
    expect(await answer(2, 'link', 'lrn_other')).toMatch(/none of the candidates/);
    expect(await answer(2, 'link')).toMatch(/none of the candidates/);
    expect(await database.rowOf(2)).toMatchObject({ state: 'waiting', answer: null });
  });

  it('do the same when they come again, whether or not their outcome was stored', async () => {
    const learnerId = await aRehire();
    await answer(2, 'link', learnerId, 'the-answer');
    const { learners, conflicts } = await database.snapshot('acme');

    await answer(2, 'link', learnerId, 'the-answer');
    await database.commandOutcomes.deleteMany({});
    expect(await answer(2, 'link', learnerId, 'the-answer')).toBe('applied 1');

    expect(await database.snapshot('acme')).toMatchObject({
      learners,
      conflicts: [{ ...conflicts?.[0], answer: expect.anything() }],
    });
  });

  it('ask about the one whose place another took while they were active', async () => {
    await database.users([
      named('ada', { person: 1, version: 1, employeeId: 'E7' }),
      named('ada2', { person: 2, version: 2, employeeId: 'E7' }),
    ]);
    const learnerId = await candidateOf(2);

    await answer(2, 'link', learnerId);

    expect(await database.linkedTo(2)).toMatchObject({ _id: learnerId, active: true });
    expect(await database.rowOf(1)).toMatchObject({ state: 'waiting', kind: 'live-link-elsewhere' });
  });

  it('end a link that was wrong: the learner goes on by hand, the person waits', async () => {
    await database.command(anImport({ fields: { email: 'ada@acme.example', displayName: 'By hand' } }));
    await database.users([
      named('ada', { person: 1, version: 1 }),
      aUserState({ person: 3, version: 2, managerId: personIdOf(1) }),
    ]);
    const learnerId = (await database.linkedTo(1))?._id ?? '';

    expect(await database.command({ kind: 'unlink', learnerId })).toBe('applied 1');

    expect(await database.learners.findById(learnerId).lean()).toMatchObject({
      active: true,
      sessionVersion: 2,
      fields: { displayName: 'By hand' },
      sources: { microsoft: null },
    });
    expect(await database.rowOf(1)).toMatchObject({ state: 'waiting', said: { version: versionOf(1) } });
    expect(await database.linkedTo(3)).toMatchObject({ manager: { personId: personIdOf(1), learnerId: null } });
    expect(await database.command({ kind: 'unlink', learnerId })).toMatch(/linked to nobody/);

    await answer(1, 'create');
    expect(await database.linkedTo(3)).toMatchObject({ manager: { learnerId: (await database.linkedTo(1))?._id } });
  });
});
