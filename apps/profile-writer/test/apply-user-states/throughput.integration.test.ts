import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRunMarker, aUserState, personIdOf, someFields } from '../fixtures/states.ts';
import { delivered, usersEvent } from '../fixtures/events.ts';
import { context, openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const PEOPLE = 5_000;
const AT_ONCE = 500;
// A tenth of what an idle machine does: a regression to one write a state is slower still, a busy machine is not.
const LEAST_STATES_A_SECOND = 400;

const company = Array.from({ length: PEOPLE }, (_, person) =>
  aUserState({
    person,
    version: person + 2,
    managerId: person === 0 ? null : personIdOf((Math.floor(person / 8) * 7919) % PEOPLE),
    fields: someFields({ department: `Department ${person % 200}` }),
  }),
);

describe('a first full sync', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  it(`applies ${PEOPLE} states in bulk`, async () => {
    const batches = Array.from({ length: PEOPLE / AT_ONCE }, (_, index) =>
      company.slice(index * AT_ONCE, (index + 1) * AT_ONCE).map((state) => delivered(usersEvent(state))),
    );
    await database.users([aRunMarker({ version: 1 })]);
    const start = performance.now();
    const cpu = process.cpuUsage();

    for (const batch of batches) await database.handlers.users(batch, context);
    const seconds = (performance.now() - start) / 1000;
    process.stderr.write(`${PEOPLE / seconds} states/s ${(PEOPLE * 1e6) / process.cpuUsage(cpu).user} by cpu\n`);
    await database.users([aRunMarker({ version: PEOPLE + 2, stage: 'finished' })]);

    const run = await database.runs.findById('run-1').lean();
    expect(run?.totals).toEqual({ activeLearners: PEOPLE, managersLinked: PEOPLE - 1, photos: 0, teams: 200 });
    expect(PEOPLE / seconds).toBeGreaterThan(LEAST_STATES_A_SECOND);
  }, 120_000);
});
