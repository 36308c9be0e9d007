import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { departmentTeamId } from '@learnamp/learners';
import { roleModel } from '@learnamp/organisations';
import { anImport, type CommandDatabase, named, openCommandDatabase } from '../fixtures/command-database.ts';
import { aLeaver, someFields } from '../fixtures/states.ts';

describe('learners by hand', () => {
  let database: CommandDatabase;
  const byEmail = (name: string) => database.learners.findOne({ 'fields.email': `${name}@acme.example` }).lean();
  const ada = { employeeId: 'E1', fields: { email: 'ada@acme.example', displayName: 'Ada', department: 'Engines' } };

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('become learners with a team, an invitation that waits, and an entry in the log', async () => {
    await expect(database.command(anImport(ada))).resolves.toBe('applied 1');

    const learner = await byEmail('ada');
    const learnerId = learner?._id ?? '';
    expect(learner).toMatchObject({
      active: true,
      fields: { displayName: 'Ada', jobTitle: null },
      primaryTeamId: departmentTeamId('acme', 'Engines'),
      sources: { microsoft: null, manual: { version: 1, active: true, employeeId: 'E1' } },
    });
    expect(await database.memberships.countDocuments({ learnerId })).toBe(1);
    expect(await database.invitations.findById(learnerId).lean()).toMatchObject({ state: 'held' });
    expect(await database.provisioningLog.findOne({ learnerId }).lean()).toMatchObject({
      action: 'created',
    });
  });

  it('are changed, not doubled, by a later list, which is whole', async () => {
    await database.command(anImport({ ...ada, fields: { ...ada.fields, jobTitle: 'Analyst' } }));

    await database.command(anImport({ ...ada, fields: { email: 'ADA@acme.example', displayName: 'Ada L.' } }));

    expect(await database.learners.find().lean()).toMatchObject([
      { fields: { displayName: 'Ada L.', jobTitle: null, department: null }, primaryTeamId: null },
    ]);
    expect(await database.memberships.countDocuments()).toBe(0);
  });

  it('keep what a list says nothing about', async () => {
    await database.command(anImport({ ...ada, customFields: { shoeSize: '39', desk: 'A1' } }));
    await database.command(anImport({ ...ada, active: false, keeps: ['department', 'displayName', 'customFields'] }));

    const keeps = ['active', 'displayName', 'department', 'employeeId', 'customFields'];
    const fields = { email: 'ada@acme.example', jobTitle: 'Analyst' };
    await database.command(anImport({ fields, keeps, customFields: { desk: 'B2' } }));

    expect(await byEmail('ada')).toMatchObject({
      active: false,
      fields: { displayName: 'Ada', department: 'Engines', jobTitle: 'Analyst' },
      customFields: { shoeSize: '39', desk: 'B2' },
      sources: { manual: { employeeId: 'E1' } },
    });
  });

  it('get another address, if they are Owners, from an Owner alone', async () => {
    await database.command(anImport(ada));
    const own = async (learnerId = '') =>
      roleModel(database.connection).create({ _id: learnerId, organisationId: 'acme', learnerId, role: 'Owner' });
    await own((await byEmail('ada'))?._id);
    const stranger = { ...ada, fields: { ...ada.fields, email: 'eve@acme.example' } };

    expect(await database.command(anImport(stranger))).toMatch(/Only an Owner/);
    expect(await database.command(anImport({ ...ada, fields: { ...ada.fields, jobTitle: 'Analyst' } }))).toBe(
      'applied 1',
    );
    expect(await byEmail('ada')).toMatchObject({ fields: { jobTitle: 'Analyst' } });

    await own('lrn_admin');
    expect(await database.command(anImport(stranger))).toBe('applied 1');
  });

  it('are left alone by a command that comes again', async () => {
    await database.command(anImport(ada), 'acme', 'first');
    await database.command(anImport({ ...ada, fields: { ...ada.fields, displayName: 'Ada L.' } }), 'acme', 'second');
    const { learners, invitations, provisioningLog } = await database.snapshot('acme');

    await database.command(anImport(ada), 'acme', 'first');
    await database.commandOutcomes.deleteMany({ _id: 'second' });
    await database.command(anImport({ ...ada, fields: { ...ada.fields, displayName: 'Ada L.' } }), 'acme', 'second');

    expect(await database.snapshot('acme')).toMatchObject({ learners, invitations, provisioningLog });
  });

  it('are deactivated by a list, and active again by it or by name', async () => {
    await database.command(anImport(ada));
    await database.command(anImport({ ...ada, active: false }));
    const left = await byEmail('ada');
    expect(left).toMatchObject({ active: false, sessionVersion: 2 });

    await expect(database.command({ kind: 'reactivate', learnerId: left?._id ?? '' })).resolves.toBe('applied 1');

    expect(await byEmail('ada')).toMatchObject({ active: true });
    expect(await database.command({ kind: 'reactivate', learnerId: left?._id ?? '' })).toBe('The learner is active.');
  });

  it.each([
    ['neither employee id nor address', anImport({ fields: { displayName: 'X' } }), /needs an employee id or an email/],
    ['an unknown learner', anImport({ ...ada, learnerId: 'lrn_nobody' }), /no such learner/],
    ['another employee with this address', anImport({ ...ada, employeeId: 'E2' }), /another employee id/],
    [
      'somebody of the directory, not by id',
      anImport({ fields: { email: 'bo@acme.example' } }),
      /comes from the directory/,
    ],
    ['what is two learners', anImport({ employeeId: 'E1', fields: { email: 'bo@acme.example' } }), /Several learners/],
  ])('refuse %s, and change nothing', async (_what, action, reason) => {
    await database.command(anImport(ada));
    await database.users([named('bo', { person: 2, version: 1 })]);
    const { learners } = await database.snapshot('acme');

    expect(await database.command(action)).toMatch(reason);

    expect((await database.snapshot('acme'))['learners']).toEqual(learners);
  });

  it('refuse to deactivate the Owner who alone may sign in by password', async () => {
    await database.command(anImport(ada));
    await database.organisation('acme', 'off');
    await database.breakGlass('acme', (await byEmail('ada'))?._id ?? null);

    expect(await database.command(anImport({ ...ada, active: false }))).toMatch(/in an emergency/);
    await database.breakGlass('acme', null);
    expect(await database.command(anImport({ ...ada, active: false }))).toBe('applied 1');
  });

  it('refuse to deactivate the last active Owner', async () => {
    await database.command(anImport(ada));
    const learner = await byEmail('ada');
    await roleModel(database.connection).create({
      _id: 'a-role',
      organisationId: 'acme',
      learnerId: learner?._id ?? '',
      role: 'Owner',
    });

    expect(await database.command(anImport({ ...ada, active: false }))).toMatch(/last active Owner/);
    expect(await byEmail('ada')).toMatchObject({ active: true });
  });

  describe('whom the directory brings as well', () => {
    const bo = (version: number, fields = {}) =>
      named('bo', { person: 2, version, fields: { jobTitle: 'Weaver', ...fields } });
    const gone = (version: number, cause: 'left' | 'deleted' | 'disabled') =>
      aLeaver({
        person: 2,
        version,
        removal: { cause, proof: 'read' },
        fields: someFields({ email: 'bo@acme.example' }),
      });
    const byHand = () =>
      database.command(anImport({ fields: { email: 'bo@acme.example', jobTitle: 'By hand', displayName: 'Bo' } }));

    it('show what the directory says while they are in scope, whatever is said by hand', async () => {
      await byHand();
      await database.users([bo(1)]);
      const { _id: learnerId = '' } = (await database.linkedTo(2)) ?? {};

      await database.command(anImport({ learnerId, fields: { email: 'bo@acme.example', jobTitle: 'By hand again' } }));

      expect(await database.linkedTo(2)).toMatchObject({ active: true, fields: { jobTitle: 'Weaver' } });
    });

    it('stay learners by hand when they leave the group, and keep what nobody said by hand', async () => {
      await byHand();
      await database.users([bo(1)]);

      await database.users([gone(2, 'left')]);

      expect(await database.linkedTo(2)).toMatchObject({
        active: true,
        sessionVersion: 1,
        fields: { jobTitle: 'By hand', displayName: 'Bo', department: 'Engines' },
      });
      expect(await database.memberships.countDocuments()).toBe(1);
    });

    it.each(['deleted', 'disabled'] as const)(
      'are deactivated when their account is %s, and come back by hand',
      async (cause) => {
        await byHand();
        await database.users([bo(1)]);

        await database.users([gone(2, cause), gone(2, cause)]);

        const left = await database.linkedTo(2);
        expect(left).toMatchObject({ active: false, sessionVersion: 2, fields: { jobTitle: 'Weaver' } });
        await database.command({ kind: 'reactivate', learnerId: left?._id ?? '' });
        await database.users([gone(2, cause)]);
        expect(await database.linkedTo(2)).toMatchObject({ active: true });
      },
    );
  });
});
