import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PhotoState } from '@learnamp/contracts';
import { learnerIdOf } from '@learnamp/learners';
import fc from 'fast-check';
import {
  aLeaver,
  aPhotosMarker,
  aPhotoState,
  aRunMarker,
  aUserState,
  personIdOf,
  versionOf,
} from '../fixtures/states.ts';
import { openWriterDatabase, type WriterDatabase } from '../fixtures/writer-database.ts';

describe('photos', () => {
  let database: WriterDatabase;
  let runs = 0;

  beforeAll(async () => {
    database = await openWriterDatabase();
  }, 120_000);
  afterAll(() => database.close());

  const fresh = () => {
    runs += 1;
    return { runId: `run-${runs}`, organisationId: `organisation-${runs}` };
  };
  const photoOf = async ({ organisationId }: { organisationId: string }, person: number) =>
    database.photos.findById(learnerIdOf(organisationId, 'microsoft', personIdOf(person))).lean();
  const runNow = ({ runId }: { runId: string }) => database.runs.findById(runId).lean();

  it('are stored as the directory has them, whether or not the learner is there', async () => {
    const run = fresh();

    await database.photosBatch([aPhotoState({ ...run, person: 1, version: 1 })]);

    const photo = await photoOf(run, 1);
    expect(photo).toMatchObject({ ...run, etag: 'etag-1', mediaType: 'image/png', version: versionOf(1) });
    expect(String(photo?.bytes)).toBe('photo 1');
  });

  it('that the directory has no more are none', async () => {
    const run = fresh();

    await database.photosBatch([
      aPhotoState({ ...run, person: 1, version: 1 }),
      aPhotoState({ ...run, person: 1, version: 2, photo: null }),
    ]);

    expect(await photoOf(run, 1)).toMatchObject({ etag: null, mediaType: null, bytes: null, version: versionOf(2) });
  });

  it('are those of the highest version, in any order and number', async () => {
    const order = fc.array(fc.record({ person: fc.nat(2), version: fc.integer({ min: 1, max: 5 }) }), { minLength: 1 });
    const facts = async (deliveries: { person: number; version: number }[]) => {
      const run = fresh();
      const states = deliveries.map(({ person, version }) => aPhotoState({ ...run, person, version }));

      await database.photosBatch(states);

      for (const person of new Set(deliveries.map((delivery) => delivery.person))) {
        const versions = deliveries.filter((delivery) => delivery.person === person).map(({ version }) => version);
        expect((await photoOf(run, person))?.etag).toBe(`etag-${Math.max(...versions)}`);
      }
    };

    await fc.assert(fc.asyncProperty(order, facts), { numRuns: 25 });
  }, 120_000);

  it('that are outdated are skipped', async () => {
    const run = fresh();
    await database.photosBatch([aPhotoState({ ...run, person: 1, version: 2 })]);

    const outcomes = await database.photosBatch([
      aPhotoState({ ...run, person: 1, version: 1 }),
      aPhotoState({ ...run, person: 2, version: 1 }),
    ]);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['skip', 'done']);
  });

  it('are counted on their run at its end', async () => {
    const run = fresh();
    await database.users([aRunMarker({ ...run, version: 1 })]);

    await database.photosBatch([
      aPhotoState({ ...run, person: 1, version: 1 }),
      aPhotoState({ ...run, person: 2, version: 2, photo: null }),
      aPhotosMarker({ ...run, version: 3, graphRequests: 4 }),
      aPhotoState({ ...run, person: 3, version: 4, runId: `${run.runId}-next` }),
    ]);

    const photos = { applied: 1, graphRequests: 4, finishedAt: expect.any(Date) };
    expect(await runNow(run)).toMatchObject({ stage: 'started', photos });
  });

  it('of a run that is not there yet wait for it and show in no list', async () => {
    const run = fresh();
    await database.photosBatch([aPhotosMarker({ ...run, version: 9, graphRequests: 4 })]);
    expect(await database.runs.countDocuments({ organisationId: run.organisationId })).toBe(0);

    await database.users([aRunMarker({ ...run, version: 1 })]);

    expect(await database.runs.find({ organisationId: run.organisationId }).lean()).toMatchObject([
      { _id: run.runId, stage: 'started', version: versionOf(1), photos: { applied: 0, graphRequests: 4 } },
    ]);
  });

  it('that come again later leave the count of their run as it was', async () => {
    const run = fresh();
    const lane = [aPhotoState({ ...run, person: 1, version: 1 }), aPhotosMarker({ ...run, version: 2 })];
    await database.photosBatch(lane);
    const before = await runNow(run);
    await database.photosBatch([aPhotoState({ ...run, person: 1, version: 3, runId: `${run.runId}-next` })]);

    await database.photosBatch(lane);

    expect(before).toMatchObject({ photos: { applied: 1 } });
    expect(await runNow(run)).toEqual(before);
  });

  const people = (run: { runId: string; organisationId: string }) => [
    aUserState({ ...run, person: 1, version: 1 }),
    aUserState({ ...run, person: 2, version: 2 }),
    aUserState({ ...run, person: 3, version: 3 }),
    aLeaver({ ...run, person: 3, version: 4 }),
    aRunMarker({ ...run, version: 5, stage: 'finished' }),
  ];
  const lane = (run: { runId: string; organisationId: string }): (PhotoState | ReturnType<typeof aPhotosMarker>)[] => [
    aPhotoState({ ...run, person: 1, version: 1 }),
    aPhotoState({ ...run, person: 2, version: 2, photo: null }),
    aPhotoState({ ...run, person: 3, version: 3 }),
    aPhotoState({ ...run, person: 4, version: 4 }),
    aPhotosMarker({ ...run, version: 5 }),
  ];

  it.each([
    [
      'first',
      async (run: ReturnType<typeof fresh>) => [
        await database.photosBatch(lane(run)),
        await database.users(people(run)),
      ],
    ],
    [
      'last',
      async (run: ReturnType<typeof fresh>) => [
        await database.users(people(run)),
        await database.photosBatch(lane(run)),
      ],
    ],
  ])('of active learners are counted when the photo lane ends %s', async (_when, apply) => {
    const run = fresh();

    await apply(run);

    expect(await runNow(run)).toMatchObject({ totals: { photos: 1, activeLearners: 2 }, photos: { applied: 3 } });
  });

  it('of active learners are counted when both lanes end at the same time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const run = fresh();

      await Promise.all([database.photosBatch(lane(run)), database.users(people(run))]);

      expect(await runNow(run)).toMatchObject({ totals: { photos: 1, activeLearners: 2 }, photos: { applied: 3 } });
    }
  }, 60_000);
});
