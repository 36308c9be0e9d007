import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { delivered, usersEvent } from '../fixtures/events.ts';
import { aRunMarker, aUserState, personIdOf, someFields } from '../fixtures/states.ts';
import { context, openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const PEOPLE = 5_000;
const AT_ONCE = 500;

// Hundreds a second on a machine that others use too, over a thousand on one that is quieter; but a write for
// each state would need more than that, and shows in the number of commands whatever the machine does.
const LONGEST_SECONDS = 40;
const MOST_COMMANDS_A_BATCH = 25;

const company = Array.from({ length: PEOPLE }, (_, person) =>
  aUserState({
    person,
    version: person + 2,
    managerId: person === 0 ? null : personIdOf((Math.floor(person / 8) * 7919) % PEOPLE),
    fields: someFields({ department: `Department ${person % 200}` }),
  }),
);

const batches = Array.from({ length: PEOPLE / AT_ONCE }, (_, index) =>
  company.slice(index * AT_ONCE, (index + 1) * AT_ONCE).map((state) => delivered(usersEvent(state))),
);

describe('a first full sync', () => {
  let database: WriterDatabase;
  let commands = 0;

  beforeAll(async () => {
    database = await openWriterDatabase({ monitorCommands: true });
    database.connection.getClient().on('commandStarted', () => (commands += 1));
  }, 120_000);
  afterAll(() => database.close());

  it(`applies ${PEOPLE} states in bulk`, async () => {
    await database.users([aRunMarker({ version: 1 })]);
    commands = 0;
    const start = performance.now();

    for (const batch of batches) await database.handlers.users(batch, context);

    expect(commands / batches.length).toBeLessThan(MOST_COMMANDS_A_BATCH);
    expect((performance.now() - start) / 1000).toBeLessThan(LONGEST_SECONDS);
    await database.users([aRunMarker({ version: PEOPLE + 2, stage: 'finished' })]);
    const run = await database.runs.findById('run-1').lean();
    expect(run?.totals).toEqual({ activeLearners: PEOPLE, managersLinked: PEOPLE - 1, photos: 0, teams: 200 });
    expect(run?.applied).toEqual({ created: PEOPLE, updated: 0, unchanged: 0, deactivated: 0, conflicts: 0 });
  }, 120_000);
});
