import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserState } from '@learnamp/contracts';
import { departmentTeamId, learnerIdOf } from '@learnamp/learners';
import fc from 'fast-check';
import type { LearnerAccess } from '../../src/intake/user-records-handler.ts';
import { histories } from '../fixtures/histories.ts';
import { aUserState, personIdOf, someFields } from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

const crash = new Error('the process died');

/** Access to learners that fails at one of its writes: before it, or after it and before anything else. */
const dyingAt = (fatalWrite: number, moment: 'before' | 'after') => (access: LearnerAccess) => {
  let writes = 0;
  return {
    saveLearners: async (...[wanted]: Parameters<LearnerAccess['saveLearners']>) => {
      writes += 1;
      if (writes === fatalWrite && moment === 'before') throw crash;
      const refused = await access.saveLearners(wanted);
      if (writes === fatalWrite) throw crash;
      return refused;
    },
  };
};

describe('a writer that dies', () => {
  let database: WriterDatabase;
  let organisations = 0;
  const nextOrganisation = () => `organisation-${(organisations += 1)}`;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  it('leaves one log entry and one outcome when it died between effects and learner', async () => {
    const state = aUserState({ person: 1, version: 5 });
    const dying = database.writerWith(dyingAt(1, 'before'));
    await expect(dying([state])).rejects.toBe(crash);
    expect(await database.provisioningLog.countDocuments()).toBe(1);
    expect(await database.learners.countDocuments()).toBe(0);

    await database.users([state]);

    const { learners, provisioningLog, outcomeRows, memberships } = await database.snapshot('acme');
    expect([learners, provisioningLog, outcomeRows, memberships].map((documents) => documents?.length)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(outcomeRows?.[0]).toMatchObject({ outcome: 'created' });
    expect(provisioningLog?.[0]).toMatchObject({ action: 'created' });
  }, 60_000);

  it('ends where one that lives ends, wherever in a history it died', async () => {
    const facts = async (batches: UserState[][], fatalWrite: number, moment: 'before' | 'after') => {
      const elsewhere = nextOrganisation();
      const organisationId = batches[0]?.[0]?.organisationId ?? '';
      const dying = database.writerWith(dyingAt(fatalWrite, moment));

      for (const batch of batches) {
        await dying(batch).catch(() => dying(batch));
        await database.users(batch.map((state) => inOrganisation(state, elsewhere)));
      }

      const survived = await database.snapshot(organisationId);
      expect(withoutTimes(survived)).toEqual(
        withoutTimes(await database.snapshot(elsewhere), elsewhere, organisationId),
      );
    };

    await fc.assert(
      fc.asyncProperty(
        histories(nextOrganisation),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('before', 'after'),
        facts,
      ),
      { numRuns: 20 },
    );
  }, 240_000);
});

describe('a writer that lost its partition and lingers', () => {
  let database: WriterDatabase;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  /** A learner in one department, then two states that each name another. */
  const statesOf = (person: number) => ({
    learnerId: learnerIdOf('acme', 'microsoft', personIdOf(person)),
    before: aUserState({ person, version: 1, fields: someFields({ department: 'Looms' }) }),
    outdated: aUserState({ person, version: 2, fields: someFields({ department: 'Mills' }) }),
    newest: aUserState({ person, version: 3, fields: someFields({ department: 'Engines' }) }),
  });

  /** Reads, then is overtaken by the new owner of the partition, then writes. */
  const overtakenBy = (owner: readonly UserState[]) => (access: LearnerAccess) => ({
    loadLearners: async (...[people]: Parameters<LearnerAccess['loadLearners']>) => {
      const stored = await access.loadLearners(people);
      await database.users(owner);
      return stored;
    },
  });

  const unguarded = {
    saveLearners: async (...[writes]: Parameters<LearnerAccess['saveLearners']>) => {
      const operations = writes.map(({ id, update }) => ({ updateOne: { filter: { _id: id }, update } }));
      await database.learners.bulkWrite(operations);
      return new Set<number>();
    },
  };

  const versionNow = async (learnerId: string) => {
    const learner = await database.learners.findById(learnerId).lean();
    return learner?.sources.microsoft?.version;
  };

  it('neither sets a learner back nor moves them to a former team', async () => {
    const { learnerId, before, outdated, newest } = statesOf(1);
    await database.users([before]);

    const outcomes = await database.writerWith(overtakenBy([outdated, newest]))([outdated]);

    const memberships = await database.memberships.find({ learnerId }).lean();
    expect(outcomes).toEqual([
      { kind: 'skip', reason: 'something newer is applied already, or the person was erased' },
    ]);
    expect(await versionNow(learnerId)).toBe(newest.version);
    expect(memberships.map(({ teamId }) => teamId)).toEqual([departmentTeamId('acme', 'Engines')]);
    expect(await database.provisioningLog.countDocuments({ learnerId })).toBe(3);
  }, 60_000);

  it('does not set back a learner who was not there when it looked', async () => {
    const { learnerId, outdated, newest } = statesOf(2);

    await database.writerWith(overtakenBy([newest]))([outdated]);

    expect(await versionNow(learnerId)).toBe(newest.version);
    expect(await database.memberships.countDocuments({ learnerId })).toBe(1);
  }, 60_000);

  it('would set a learner back if nothing guarded the version', async () => {
    const { learnerId, before, outdated, newest } = statesOf(3);
    await database.users([before]);

    await database.writerWith((access) => ({ ...overtakenBy([newest])(access), ...unguarded }))([outdated]);

    expect(await versionNow(learnerId)).toBe(outdated.version);
  }, 60_000);
});

const inOrganisation = (state: UserState, organisationId: string): UserState => ({
  ...state,
  organisationId,
  runId: `${organisationId}-run-${Number(state.version.slice(11))}`,
});

/** Documents as comparable text: ids are derived from the organisation, so they are left out, as times are. */
function withoutTimes(snapshot: Record<string, object[]>, from = '', to = ''): Record<string, string[]> {
  const plain = (document: object) =>
    JSON.stringify(document, (name, value: unknown) =>
      ['_id', 'at', 'createdAt', 'updatedAt', 'nextAttemptAt', 'learnerId', 'teamId', 'primaryTeamId'].includes(name) &&
      value !== null
        ? 'left out'
        : value,
    );
  const texts = Object.entries(snapshot).map(([collection, documents]) => {
    const lines = documents.map(plain).map((line) => (from ? line.replaceAll(from, to) : line));
    return [collection, lines.sort()] as const;
  });
  return Object.fromEntries(texts);
}
