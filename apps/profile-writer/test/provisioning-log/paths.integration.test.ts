import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupPath } from '@learnamp/contracts';
import { aLeaver, aUserState, personIdOf, someFields } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const [root, nested] = ['20000000-0000-4000-8000-000000000000', '20000000-0000-4000-8000-000000000001'];
const longer: GroupPath = [
  { id: root, name: 'All of Acme' },
  { id: nested, name: null },
];
const short: GroupPath = [{ id: root, name: 'All of Acme' }];

describe('the provisioning log', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  const told = async (person: number) => {
    const entries = await database.provisioningLog
      .find({ personId: personIdOf(person) })
      .sort({ version: 1 })
      .lean();
    return entries.map(({ action, path }) => [action, path]);
  };

  it('tells by which groups somebody came, is and was in scope', async () => {
    const events = [
      aUserState({ person: 1, version: 1, path: longer }),
      aUserState({ person: 1, version: 2, path: short, fields: someFields({ jobTitle: 'Weaver' }) }),
      aLeaver({ person: 1, version: 3 }),
      aUserState({ person: 1, version: 4, path: longer }),
      aLeaver({ person: 1, version: 5, path: short }),
    ];
    for (const event of events) await database.users([event]);
    await database.users(events);

    expect(await told(1)).toEqual([
      ['created', longer],
      ['updated', short],
      ['deactivated', short],
      ['reactivated', longer],
      ['deactivated', short],
    ]);
  });

  it('has no entry only because the groups are others, and remembers them all the same', async () => {
    await database.users([aUserState({ person: 2, version: 1, path: longer })]);
    await database.users([aUserState({ person: 2, version: 2, path: short })]);
    expect(await told(2)).toEqual([['created', longer]]);

    await database.users([aLeaver({ person: 2, version: 3 })]);

    expect(await told(2)).toEqual([
      ['created', longer],
      ['deactivated', short],
    ]);
  });

  it('says nothing of groups where nobody told of them', async () => {
    await database.users([aUserState({ person: 3, version: 1 })]);

    expect(await told(3)).toEqual([['created', undefined]]);
  });
});
