import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportAction } from '@learnamp/learners';
import { roleModel } from '@learnamp/organisations';
import fc from 'fast-check';
import { anImport, type CommandDatabase, openCommandDatabase } from '../fixtures/command-database.ts';

/** Somebody by any of few addresses and ids, so that rows meet each other in every way. */
const someImport = fc
  .record({
    employeeId: fc.option(fc.constantFrom('E1', 'E2', 'E3'), { nil: undefined }),
    email: fc.option(fc.constantFrom('a', 'b', 'c', 'A'), { nil: null }),
    userPrincipalName: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
    department: fc.constantFrom('Engines', 'Looms', null),
    active: fc.boolean(),
    jobTitle: fc.integer({ min: 0, max: 1000 }).map(String),
  })
  .map(({ employeeId, email, userPrincipalName, department, active, jobTitle }): ImportAction => {
    const address = (name: string) => `${name}@acme.example`;
    return anImport({
      active,
      ...(employeeId === undefined ? {} : { employeeId }),
      ...(userPrincipalName === undefined ? {} : { userPrincipalName: address(userPrincipalName) }),
      fields: { email: email === null ? null : address(email), department, jobTitle },
    });
  });

const PEOPLE = 400;

describe('imports that come together', () => {
  let database: CommandDatabase;

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  /** What is known of an organisation's learners, apart from ids and times. */
  const known = async (organisationId: string) => {
    const learners = await database.learners.find({ organisationId }).lean();
    const teams = await database.memberships.find({ organisationId }).lean();
    return learners
      .map(({ _id, active, fields, matchKeys, sessionVersion, sources: { manual } }) => ({
        ...{ active, fields, matchKeys, sessionVersion, version: manual?.version, said: manual?.fields },
        memberships: teams.filter(({ learnerId }) => learnerId === _id).length,
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  };

  it('end as if they came one after the other', async () => {
    let histories = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(someImport, { minLength: 1, maxLength: 12 }), { maxLength: 3 }),
        async (batches) => {
          const [together, alone] = [`together-${(histories += 1)}`, `alone-${histories}`];
          for (const batch of batches) {
            const outcomes = await database.batch(batch, together);
            const expected: string[] = [];
            for (const action of batch) expected.push(await database.command(action, alone));
            expect(outcomes).toEqual(expected);
          }
          expect(await known(together)).toEqual(await known(alone));
        },
      ),
      { numRuns: 25 },
    );
  }, 240_000);

  it('change nothing when they come again', async () => {
    const people = Array.from({ length: 20 }, (_, index) => anImport({ fields: { email: `p${index}@acme.example` } }));
    await database.batch(people, 'acme', 'first');
    const before = await database.snapshot('acme');

    await database.batch(people, 'acme', 'first');

    expect(await database.snapshot('acme')).toEqual(before);
  });

  it('leave the last Owner active, though both are to go at once', async () => {
    const both = ['a', 'b'].map((name) => anImport({ fields: { email: `${name}@acme.example` } }));
    await database.batch(both);
    for (const { _id } of await database.learners.find().lean()) {
      await roleModel(database.connection).create({ _id, organisationId: 'acme', learnerId: _id, role: 'Owner' });
    }

    const outcomes = await database.batch(both.map((action) => ({ ...action, active: false })));

    expect(outcomes).toEqual(['applied 1', expect.stringMatching(/last active Owner/)]);
    expect(await database.learners.countDocuments({ active: true })).toBe(1);
  });

  it(`are ${PEOPLE} in a few seconds`, async () => {
    const people = Array.from({ length: PEOPLE }, (_, index) =>
      anImport({ fields: { email: `p${index}@acme.example`, department: `Department ${index % 20}` } }),
    );
    const start = performance.now();

    await database.batch(people);

    const seconds = (performance.now() - start) / 1000;
    if (process.env['MEASURE']) process.stdout.write(`${PEOPLE} imports: ${seconds.toFixed(2)} s\n`);
    expect(await database.learners.countDocuments()).toBe(PEOPLE);
    expect(seconds).toBeLessThan(30);
  }, 60_000);
});
