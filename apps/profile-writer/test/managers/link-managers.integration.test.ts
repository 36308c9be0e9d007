import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { aLeaver, aUserState, personIdOf, versionOf } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const idOf = (person: number) => learnerIdOf('acme', 'microsoft', personIdOf(person));
const reportTo = (manager: number, changes: { person: number; version: number }) =>
  aUserState({ managerId: personIdOf(manager), ...changes });

describe('managers', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  beforeEach(() => database.learners.deleteMany({}));
  afterAll(() => database.close());

  const managerOf = async (person: number) => {
    const learner = await database.learners.findById(idOf(person)).lean();
    return learner?.manager;
  };
  const linked = (person: number) => ({ personId: personIdOf(person), learnerId: idOf(person) });
  const waiting = (person: number) => ({ personId: personIdOf(person), learnerId: null });

  it('are linked when they are learners already, or come in the same batch', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    await database.users([
      reportTo(1, { person: 2, version: 2 }),
      reportTo(4, { person: 3, version: 3 }),
      aUserState({ person: 4, version: 4 }),
    ]);

    expect(await managerOf(2)).toEqual(linked(1));
    expect(await managerOf(3)).toEqual(linked(4));
  });

  it('stay who they are where managers are not assigned, and go where there is none', async () => {
    const unassigned = (changes: { person: number; version: number }) => {
      const state = aUserState(changes);
      Reflect.deleteProperty(state, 'managerId');
      return state;
    };
    await database.users([aUserState({ person: 1, version: 1 }), reportTo(1, { person: 2, version: 2 })]);

    await database.users([unassigned({ person: 2, version: 3 }), unassigned({ person: 3, version: 4 })]);
    expect(await managerOf(2)).toEqual(linked(1));
    expect(await managerOf(3)).toBeNull();
    const logged = await database.provisioningLog.find({ learnerId: idOf(2), version: { $gte: versionOf(3) } }).lean();
    expect(logged).toEqual([]);

    await database.users([aUserState({ person: 2, version: 5 })]);
    expect(await managerOf(2)).toBeNull();
  });

  it('who come later are linked to everybody who waits for them', async () => {
    await database.users([reportTo(1, { person: 2, version: 1 }), reportTo(1, { person: 3, version: 2 })]);
    expect(await managerOf(2)).toEqual(waiting(1));

    await database.users([aUserState({ person: 1, version: 3 })]);

    expect(await managerOf(2)).toEqual(linked(1));
    expect(await managerOf(3)).toEqual(linked(1));
  });

  it('who were written by a writer that died before linking are linked when the batch comes again', async () => {
    await database.users([reportTo(1, { person: 2, version: 1 })]);
    const dead = new Error('the process died');
    const dying = database.writerWith(({ saveLearners }) => ({
      saveLearners: async (writes) => {
        await saveLearners(writes);
        throw dead;
      },
    }));
    await expect(dying([aUserState({ person: 1, version: 2 })])).rejects.toBe(dead);
    expect(await managerOf(2)).toEqual(waiting(1));

    await database.users([aUserState({ person: 1, version: 2 })]);

    expect(await managerOf(2)).toEqual(linked(1));
  });

  it('who left stay linked, and those who never were learners are not', async () => {
    await database.users([aUserState({ person: 1, version: 1 }), reportTo(1, { person: 2, version: 2 })]);
    await database.users([aLeaver({ person: 1, version: 3 }), aLeaver({ person: 5, version: 4 })]);
    await database.users([reportTo(1, { person: 3, version: 5 }), reportTo(5, { person: 4, version: 6 })]);

    expect(await managerOf(2)).toEqual(linked(1));
    expect(await managerOf(3)).toEqual(linked(1));
    expect(await managerOf(4)).toEqual(waiting(5));
  });

  it('of themselves and of each other are linked', async () => {
    await database.users([
      reportTo(1, { person: 1, version: 1 }),
      reportTo(3, { person: 2, version: 2 }),
      reportTo(2, { person: 3, version: 3 }),
    ]);

    expect(await managerOf(1)).toEqual(linked(1));
    expect(await managerOf(2)).toEqual(linked(3));
    expect(await managerOf(3)).toEqual(linked(2));
  });

  it('are exchanged and taken away', async () => {
    await database.users([aUserState({ person: 1, version: 1 }), reportTo(1, { person: 2, version: 2 })]);

    await database.users([reportTo(7, { person: 2, version: 3 })]);
    expect(await managerOf(2)).toEqual(waiting(7));

    await database.users([aUserState({ person: 2, version: 4 })]);
    expect(await managerOf(2)).toBeNull();
  });
});
