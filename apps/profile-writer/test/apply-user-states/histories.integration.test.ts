import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserState } from '@learnamp/contracts';
import { departmentTeamId, type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import fc from 'fast-check';
import { type Expected, expectedOf, histories } from '../fixtures/histories.ts';
import type { UsersEvent } from '../fixtures/events.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const RUNS = { numRuns: 25 };

describe('any history of states', () => {
  let database: WriterDatabase;
  let organisations = 0;
  const history = histories(() => `organisation-${(organisations += 1)}`);

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  it('leaves each learner as the highest version says', async () => {
    const facts = async (batches: UserState[][]) => {
      await apply(batches, database.users);

      expect(await learnersNow(batches)).toEqual(learnersExpected(batches.flat()));
    };

    await fc.assert(fc.asyncProperty(history, facts), RUNS);
  }, 180_000);

  it('is noticed to go wrong when the version is ignored', async () => {
    const careless = database.writerWith(() => ({
      loadLearners: () => Promise.resolve([]),
      decidePlace: () => ({ kind: 'new' }),
      saveLearners: async (writes) => {
        const operations = writes.map(({ id, update }) => ({
          updateOne: { filter: { _id: id }, update, upsert: true },
        }));
        await database.learners.bulkWrite(operations);
        return new Set();
      },
    }));
    const facts = async (batches: UserState[][]) => {
      await apply(batches, careless);

      expect(await learnersNow(batches)).toEqual(learnersExpected(batches.flat()));
    };

    await expect(fc.assert(fc.asyncProperty(history, facts), RUNS)).rejects.toThrow();
  }, 180_000);

  it('puts each learner into the team of the department shown and no other', async () => {
    const facts = async (batches: UserState[][]) => {
      await apply(batches, database.users);

      const { memberships = [] } = await database.snapshot(organisationOf(batches));
      const teams = memberships.map((membership) => pick(membership, 'learnerId', 'teamId'));
      expect(new Set(teams)).toEqual(new Set(teamsExpected(batches.flat())));
      expect(teams).toHaveLength(new Set(teams).size);
    };

    await fc.assert(fc.asyncProperty(history, facts), RUNS);
  }, 180_000);

  it('changes nothing when all of it comes again', async () => {
    const facts = async (batches: UserState[][]) => {
      await apply(batches, database.users);
      const once = await database.snapshot(organisationOf(batches));

      await apply(batches, database.users);

      expect(await database.snapshot(organisationOf(batches))).toEqual(once);
    };

    await fc.assert(fc.asyncProperty(history, facts), RUNS);
  }, 180_000);

  const apply = async (batches: UserState[][], users: (events: readonly UsersEvent[]) => Promise<unknown>) => {
    for (const batch of batches) await users(batch);
  };

  const learnersNow = async (batches: UserState[][]) => {
    const learners = await database.learners.find({ organisationId: organisationOf(batches) }).lean();
    return new Map(learners.map((learner) => [learner.sources.microsoft?.personId, factsOf(learner)]));
  };
});

const organisationOf = (batches: UserState[][]): string => batches[0]?.[0]?.organisationId ?? '';

const pick = (document: object, ...names: string[]): string =>
  names.map((name) => String((document as Record<string, unknown>)[name])).join(' in ');

const factsOf = (learner: LearnerDocument) => ({
  version: learner.sources.microsoft?.version,
  active: learner.active,
  tombstone: learner.tombstone === true,
  jobTitle: learner.fields.jobTitle,
  manager: learner.manager,
  sessionVersion: learner.sessionVersion,
});

function learnersExpected(states: readonly UserState[]) {
  const people = expectedOf(states);
  const isLearner = (personId: string) => people.get(personId)?.profile !== undefined;
  const facts = ({ version, active, profile, timesLeft }: Expected) => ({
    version,
    active,
    tombstone: profile === undefined,
    jobTitle: profile?.fields.jobTitle ?? null,
    manager: profile?.managerId
      ? {
          personId: profile.managerId,
          learnerId: isLearner(profile.managerId)
            ? learnerIdOf(profile.organisationId, 'microsoft', profile.managerId)
            : null,
        }
      : null,
    sessionVersion: 1 + timesLeft,
  });
  return new Map([...people].map(([personId, expected]) => [personId, facts(expected)]));
}

function teamsExpected(states: readonly UserState[]): string[] {
  return [...expectedOf(states).values()].flatMap(({ profile }) => {
    if (!profile?.fields.department) return [];
    const { organisationId, personId, fields } = profile;
    const learnerId = learnerIdOf(organisationId, 'microsoft', personId);
    return [`${learnerId} in ${departmentTeamId(organisationId, fields.department ?? '')}`];
  });
}
