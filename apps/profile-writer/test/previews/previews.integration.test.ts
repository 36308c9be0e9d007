import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Proposal, UserState } from '@learnamp/contracts';
import { learnerIdOf, type OutcomeRowDocument } from '@learnamp/learners';
import fc from 'fast-check';
import { anImport, type CommandDatabase, named, openCommandDatabase } from '../fixtures/command-database.ts';
import type { ProposalsEvent } from '../fixtures/events.ts';
import { aLeaver, aRunMarker, personIdOf } from '../fixtures/states.ts';

const ownerId = learnerIdOf('acme', 'microsoft', personIdOf(1));

const DAY_MS = 86_400_000;

describe('a preview', () => {
  let database: CommandDatabase;

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  const emitted = (state: UserState): Proposal => ({ state: { ...state, runId: 'preview' }, standing: 'emitted' });
  const preview = (proposals: readonly Proposal[], from = 900): ProposalsEvent[] => {
    const about = { runId: 'preview', mode: 'preview' as const, requestIds: ['asked'] };
    const end = aRunMarker({ ...about, version: from + 99, stage: 'finished' });
    return [aRunMarker({ ...about, version: from }), ...proposals, end];
  };
  const rowsOf = async (runId: string) => database.outcomeRows.find({ runId }).sort({ personId: 1 }).lean();
  const run = () => database.runs.findById('preview').lean().orFail();

  /** Everything in the database but the preview's own run and rows. */
  const everythingElse = async () => {
    const found: Record<string, object[]> = {};
    for (const model of Object.values(database.connection.models)) {
      const own = { _id: { $ne: 'preview' }, runId: { $ne: 'preview' } };
      const documents = await model.collection
        .find(own as object)
        .sort({ _id: 1 })
        .toArray();
      if (documents.length > 0) found[model.collection.name] = documents;
    }
    return found;
  };

  const makeOwner = () =>
    database.roles.create({ _id: `acme:${ownerId}`, organisationId: 'acme', learnerId: ownerId, role: 'Owner' });

  it('says of each person what would become of them and why, and is a run with the counts', async () => {
    await database.users([1, 2, 3, 4].map((person) => named(`p${person}`, { person, version: person })));
    await database.command(anImport({ fields: { email: 'anna@acme.example' }, employeeId: 'E1' }));
    await makeOwner();
    const before = await everythingElse();
    const removal = { cause: 'left', proof: 'checkMemberGroups says no' } as const;

    await database.proposals(
      preview([
        emitted(aLeaver({ person: 1, version: 11 })),
        emitted(aLeaver({ person: 2, version: 12 })),
        emitted(named('p3', { person: 3, version: 13, fields: { jobTitle: 'Engineer' } })),
        emitted(named('p5', { person: 5, version: 14 })),
        emitted(named('anna', { person: 6, version: 15, employeeId: 'E2' })),
        {
          state: { ...named('p7', { person: 7, version: 16 }), runId: 'preview' },
          standing: 'held',
          reason: 'too many',
        },
        {
          state: { ...aLeaver({ person: 4, version: 17, removal }), runId: 'preview' },
          ...{ standing: 'unconfirmed', reason: 'a second look' },
        },
      ]),
    );

    const told = (await rowsOf('preview')).map(({ personId, outcome, planned }) => [
      personId.slice(-1),
      outcome,
      planned?.changes.map(({ field, old, new: now }) => `${field}: ${old} → ${now}`).join(),
      planned?.removal?.cause ?? null,
      planned?.reason ?? null,
    ]);
    expect(told).toEqual([
      ['1', 'kept', '', 'left', 'nobody else would be an active Owner'],
      ['2', 'deactivated', 'active: true → false', 'left', null],
      ['3', 'updated', 'jobTitle: Analyst → Engineer', null, null],
      ['4', 'unconfirmed', 'active: true → false', 'left', 'a second look'],
      ['5', 'created', expect.stringContaining('email: null → p5@acme.example'), null, null],
      ['6', 'conflict', '', null, 'ambiguous-match'],
      ['7', 'held', 'active: false → true', null, 'too many'],
    ]);
    expect(await run()).toMatchObject({
      ...{ mode: 'preview', stage: 'finished', requestIds: ['asked'], totals: null },
      applied: { created: 1, updated: 1, deactivated: 1, unchanged: 0, kept: 1, held: 1, unconfirmed: 1, conflicts: 1 },
    });
    expect(await everythingElse()).toEqual(before);
  });

  it('invites nobody, where a full run would at once', async () => {
    await database.organisation('acme', 'immediately');

    await database.proposals(preview([emitted(named('ada', { person: 1, version: 1 }))]));

    expect(await run()).toMatchObject({ applied: { created: 1 } });
    expect(await database.invitations.countDocuments()).toBe(0);
    await database.users([named('ada', { person: 1, version: 1 })]);
    expect(await database.invitations.countDocuments({ state: 'queued' })).toBe(1);
  });

  it('would be caught if it were made on the learners themselves', async () => {
    await database.users([named('ada', { person: 1, version: 1 })]);
    const before = await everythingElse();
    const careless = database.proposalsOn(database);

    await careless(preview([emitted(named('bo', { person: 2, version: 11 }))]));

    expect(await everythingElse()).not.toEqual(before);
  });

  it('tells its rows for a week', async () => {
    await database.proposals(preview([emitted(named('ada', { person: 1, version: 1 }))]));

    const [row] = await rowsOf('preview');
    const { finishedAt } = await run();
    const keptMs = (row?.planned?.expiresAt.getTime() ?? 0) - (finishedAt?.getTime() ?? 0);
    expect(keptMs / DAY_MS).toBeCloseTo(7, 1);
  });

  it('comes to the same however often its records come, and wherever the batches end', async () => {
    await database.users([1, 2].map((person) => named(`p${person}`, { person, version: person })));
    const events = preview([
      emitted(aLeaver({ person: 1, version: 11 })),
      emitted(named('p2', { person: 2, version: 12, fields: { jobTitle: 'Engineer' } })),
      emitted(named('p3', { person: 3, version: 13 })),
    ]);

    for (let end = 1; end <= events.length; end += 1) {
      await database.proposals(events.slice(Math.max(0, end - 2), end));
    }
    await database.proposals(events);

    const outcomes = (await rowsOf('preview')).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['deactivated', 'updated', 'created']);
    expect(await run()).toMatchObject({ applied: { created: 1, updated: 1, deactivated: 1 } });
  });

  it.each(['interrupted', 'cancelled'] as const)(
    'leaves nothing when it was %s, and what comes later is not planned',
    async (stage) => {
      const [started, proposed] = preview([emitted(named('ada', { person: 1, version: 1 }))]);
      const before = await everythingElse();
      if (!started || !proposed) throw new Error('a preview begins and says something');
      const ended = aRunMarker({ runId: 'preview', mode: 'preview', version: 950, stage });

      await database.proposals([started, proposed, ended]);
      const late = await database.proposals([proposed]);

      expect(late).toEqual([{ kind: 'skip', reason: expect.any(String) }]);
      expect(await rowsOf('preview')).toEqual([]);
      expect(await everythingElse()).toEqual(before);
      expect(await run()).toMatchObject({ stage, applied: { created: 0 } });
    },
  );

  const name = fc.constantFrom('ada', 'bo', 'cy', 'di');
  const employee = fc.constantFrom(undefined, undefined, 'E1', 'E2');
  const person = fc.record({
    name,
    employee,
    jobTitle: fc.constantFrom('Analyst', 'Engineer', null),
    cause: fc.constantFrom(null, null, null, 'left' as const, 'deleted' as const),
  });
  const byHand = fc.record({ name, employee });

  type Said = Readonly<{ name: string; employee?: string | undefined; jobTitle: string | null; cause: string | null }>;

  const stateOf = (at: number, version: number, { name: called, employee: employeeId, jobTitle, cause }: Said) => {
    const gone =
      cause === null ? {} : { active: false, removal: { cause: cause as 'left' | 'deleted', proof: 'it was read' } };
    const known = employeeId === undefined ? {} : { employeeId };
    return named(called, { person: at + 1, version, ...known, ...gone, fields: { jobTitle } });
  };

  /** What a full run did, in the words of a preview's rows. */
  const wholeRun = async (): Promise<string[]> => {
    const rows = await rowsOf('full');
    const entries = await database.provisioningLog.find({ runId: 'full' }).lean();
    const waiting = await database.conflicts.find({ state: 'waiting', 'said.runId': 'full' }).lean();
    const seen = rows.map(({ personId, outcome, learnerId, version }) => {
      const entry = entries.find(({ _id }) => _id === `${learnerId}:${version}`);
      return line(personId, entry?.action === 'kept' ? 'kept' : outcome, entry?.changes, entry?.removal);
    });
    return [...seen, ...waiting.map(({ personId, kind }) => line(personId, `conflict ${kind}`, [], null))].sort();
  };
  const line = (...parts: readonly unknown[]) => JSON.stringify(parts);
  const toldBy = ({ personId, outcome, planned }: OutcomeRowDocument) =>
    line(
      personId,
      outcome === 'conflict' ? `conflict ${planned?.reason}` : outcome,
      ...[
        outcome === 'unchanged' ? undefined : planned?.changes,
        outcome === 'unchanged' ? undefined : planned?.removal,
      ],
    );

  it('says exactly what the full run then does, whatever is known and whatever is said', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(byHand, { maxLength: 3 }),
        fc.array(person, { maxLength: 5 }),
        fc.array(person, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (hands, first, then, batch) => {
          for (const { name: called, employee: employeeId } of hands) {
            const known = employeeId === undefined ? {} : { employeeId };
            await database.command(anImport({ ...known, fields: { email: `${called}@acme.example` } }));
          }
          await makeOwner();
          await database.users(first.map((said, at) => stateOf(at, at + 1, said)));
          const states = then.map((said, at) => stateOf(at, at + 101, said));
          const before = await everythingElse();

          const events = preview(states.map(emitted));
          for (let at = 0; at < events.length; at += batch) await database.proposals(events.slice(at, at + batch));
          const proposed = (await rowsOf('preview')).map(toldBy).sort();
          expect(await everythingElse()).toEqual(before);

          const full = { runId: 'full', version: 100 };
          const real = states.map((state) => ({ ...state, runId: 'full' }));
          const all = [aRunMarker(full), ...real, aRunMarker({ ...full, version: 999, stage: 'finished' })];
          for (let at = 0; at < all.length; at += batch) await database.users(all.slice(at, at + batch));
          expect(proposed).toEqual(await wholeRun());
          await Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({})));
        },
      ),
      { numRuns: 25 },
    );
  }, 240_000);
});
