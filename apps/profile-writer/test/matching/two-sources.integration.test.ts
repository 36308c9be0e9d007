import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserState } from '@learnamp/contracts';
import fc from 'fast-check';
import { type DecidePlace, decidePlace } from '../../src/matching/decide-place.ts';
import { anImport, type CommandDatabase, named, openCommandDatabase } from '../fixtures/command-database.ts';
import type { UsersEvent } from '../fixtures/events.ts';
import { personIdOf } from '../fixtures/states.ts';
import { type Step, steps, TwoSources } from '../fixtures/two-sources.ts';

const RUNS = { numRuns: 60 };

describe('any history of lists and a directory', () => {
  let database: CommandDatabase;
  let organisations = 0;

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterAll(() => database.close());

  it('ends with the learners that a plain reading of it names', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (history) => happensAsTold(history, database.users)),
      RUNS,
    );
  }, 180_000);

  it('ends so for two who wait for the same name, one of whom was deleted once', async () => {
    const said = (person: number, name: string, cause: 'deleted' | null = null): Step => ({
      ...{ kind: 'said', person, name, employee: null, cause },
    });
    const history = [said(2, 'cy'), said(0, 'ada', 'deleted'), said(1, 'cy'), said(0, 'cy'), said(2, 'ada')];

    await happensAsTold(history, database.users);
  });

  it('is noticed to go wrong when a deactivation matches by value', async () => {
    const byValue: DecidePlace = (state, found) => {
      const [only] = found.alike;
      return !state.active && !found.own && only ? { kind: 'link', learner: only } : decidePlace(state, found);
    };
    const careless = database.writerWith((access) => ({
      // Inactive states are compared by value only if their keys are looked for.
      decidePlace: byValue,
      loadLearners: (people) => access.loadLearners(people),
    }));

    const check = fc.assert(
      fc.asyncProperty(steps, (history) => happensAsTold(history, careless)),
      { numRuns: 200 },
    );

    await expect(check).rejects.toThrow();
  }, 180_000);

  const happensAsTold = async (
    history: readonly Step[],
    users: (events: readonly UsersEvent[]) => Promise<unknown>,
  ) => {
    const organisationId = `organisation-${(organisations += 1)}`;
    const told = new TwoSources();
    for (const [index, step] of history.entries()) {
      if (step.kind === 'said') {
        const names = step.cause === null ? undefined : told.lastNamesOf(step.person);
        told.said(step);
        await users([stateOf({ ...step, ...names }, index + 1, organisationId)]);
      } else {
        told.listed(step);
        await database.command(importOf(step), organisationId);
      }
    }

    expect(await linesOf(organisationId)).toEqual(told.lines());
    expect(await waitingIn(organisationId)).toEqual(told.waiting());
  };

  const linesOf = async (organisationId: string) => {
    const learners = await database.learners.find({ organisationId, tombstone: { $ne: true } }).lean();
    return learners
      .map(({ active, fields, sources: { microsoft } }) => {
        const whose = microsoft ? numberOf(microsoft.personId) : 'by hand';
        return `${whose} ${active ? 'active' : 'inactive'} as ${fields.email?.split('@')[0]}`;
      })
      .sort();
  };

  const waitingIn = async (organisationId: string) => {
    const rows = await database.conflicts.find({ organisationId, state: 'waiting' }).lean();
    return rows.map(({ personId }) => numberOf(personId)).sort();
  };
});

const numberOf = (personId: string) => [0, 1, 2, 3].findIndex((person) => personIdOf(person) === personId);

function stateOf(
  { person, name, employee, cause }: Extract<Step, { kind: 'said' }>,
  version: number,
  organisationId: string,
): UserState {
  return named(name, {
    ...{ person, version, organisationId, active: cause === null },
    ...(employee === null ? {} : { employeeId: employee }),
    ...(cause === null ? {} : { removal: { cause, proof: 'read' } }),
  });
}

const importOf = ({ name, employee, active }: Extract<Step, { kind: 'listed' }>) =>
  anImport({
    active,
    ...(employee === null ? {} : { employeeId: employee }),
    fields: { email: `${name}@acme.example` },
  });
