import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { topics } from '@learnamp/contracts';
import { erasureId, learnerIdOf } from '@learnamp/learners';
import { outboxModel } from '../../src/index.ts';
import { anImport, type CommandDatabase, named, openCommandDatabase } from '../fixtures/command-database.ts';
import { aPhotoState, aRunMarker, personIdOf } from '../fixtures/states.ts';

describe('erasing somebody', () => {
  let database: CommandDatabase;
  const ada = (version: number, organisationId = 'acme') =>
    named('ada', { organisationId, person: 1, version, employeeId: 'E-1' });
  const bob = (version: number) => named('bob', { person: 2, version, managerId: personIdOf(1) });
  const people = (person: number, organisationId = 'acme') => [erasureId(organisationId, personIdOf(person))];
  const adasId = learnerIdOf('acme', 'microsoft', personIdOf(1));
  const erase = (action: { learnerId?: string; people?: string[] } = {}, commandId?: string) =>
    database.command({ kind: 'erase', learnerId: adasId, people: people(1), names: [], ...action }, 'acme', commandId);
  const textOf = async (organisationId: string) => JSON.stringify(await database.snapshot(organisationId));

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('leaves nothing of them, and everybody else, and every other organisation, as they were', async () => {
    await database.users([ada(1), bob(1), ada(1, 'globex')]);
    await database.photosBatch([aPhotoState({ person: 1, version: 1 }), aPhotoState({ person: 2, version: 1 })]);
    const first = [{ personId: personIdOf(1), userPrincipalName: 'ada@acme.example' }];
    await database.users([
      aRunMarker({ version: 3, stage: 'finished', skipped: [{ reason: 'disabled', people: 1, first }] }),
    ]);
    await database.command(anImport({ learnerId: adasId, fields: { email: 'ada@home.example' } }));
    await outboxModel(database.connection).create({
      ...{ _id: 'mail', subject: 's', text: 't', html: 'h', at: new Date(0) },
      to: { name: 'Ada', address: 'ada@acme.example' },
    });
    const [before, other] = [await database.linkedTo(2), await database.snapshot('globex')];
    expect(await textOf('acme')).toMatch(/ada@acme/);

    expect(await erase()).toBe('applied 1');

    expect(await textOf('acme')).not.toMatch(/ada@|"personId":"[^"]*0001"(?!,"learnerId":null)/);
    expect(await outboxModel(database.connection).countDocuments()).toBe(0);
    expect(await database.linkedTo(2)).toEqual({ ...before, manager: { personId: personIdOf(1), learnerId: null } });
    expect(await database.photos.countDocuments({ organisationId: 'acme' })).toBe(1);
    expect(await database.snapshot('globex')).toEqual(other);
  });

  it('lets nothing that comes late bring them back, however new it says to be, and empties its key', async () => {
    await database.users([ada(1)]);
    await erase();

    expect(await database.users([ada(99), bob(1)])).toEqual([
      { kind: 'skip', reason: 'something newer is applied already, or the person was erased' },
      { kind: 'done' },
    ]);
    await database.photosBatch([aPhotoState({ person: 1, version: 99 })]);

    expect([await database.linkedTo(1), await database.photos.countDocuments()]).toEqual([null, 0]);
    expect(await database.linkedTo(2)).toMatchObject({ active: true });
    expect(database.emptied).toEqual([
      `${topics.directoryUsers.name} acme:microsoft:${personIdOf(1)}`,
      `${topics.directoryPhotos.name} acme:${personIdOf(1)}`,
    ]);
  });

  it('finds what another process was writing at that moment', async () => {
    await database.users([bob(1)]);
    const lingering = database.writerWith((access) => ({
      saveLearners: async (writes) => {
        await erase({}, 'while-writing');
        return access.saveLearners(writes);
      },
    }));

    await lingering([ada(1)]);

    expect(await textOf('acme')).not.toMatch(/ada@/);
    expect(await database.linkedTo(2)).not.toBeNull();
  });

  it('(what is written then is there, where nobody erases them)', async () => {
    await database.writerWith((access) => access)([ada(1)]);

    expect(await textOf('acme')).toMatch(/ada@/);
  });

  it('finds somebody who waits in the inbox by the hash of their id alone', async () => {
    await database.users([named('ada', { person: 1, version: 1 })]);
    await database.users([named('ada', { person: 3, version: 1 })]);
    expect(await database.rowOf(3)).toMatchObject({ state: 'waiting' });

    expect(await database.command({ kind: 'erase', people: people(3), names: [] })).toBe('applied 1');

    expect([await database.rowOf(3), (await database.linkedTo(1))?.active]).toEqual([null, true]);
  });

  it('answers whoever waited because of them', async () => {
    await database.users([named('ada', { person: 1, version: 1 })]);
    await database.users([named('ada', { person: 3, version: 1 })]);

    await erase();

    expect([await database.linkedTo(1), (await database.linkedTo(3))?.active]).toEqual([null, true]);
  });

  it('is refused for the last active Owner, of whom everything stays', async () => {
    await database.users([ada(1)]);
    await database.roles.create({ _id: `acme:${adasId}`, organisationId: 'acme', learnerId: adasId, role: 'Owner' });
    const before = await database.linkedTo(1);

    expect(await erase()).toMatch(/last active Owner/);

    expect([await database.linkedTo(1), await database.erasures.countDocuments()]).toEqual([before, 0]);
  });

  it('can be lifted, and then what is said of them makes them a learner again', async () => {
    await database.users([ada(1)]);
    await erase();

    expect(await database.command({ kind: 'lift-erasure', people: people(2) })).toMatch(/Nobody of that id/);
    expect(await database.command({ kind: 'lift-erasure', people: people(1) })).toBe('applied 1');
    await database.users([ada(2)]);

    expect(await database.linkedTo(1)).toMatchObject({ active: true });
  });
});
