import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import {
  commandOutcomeModel,
  conflictModel,
  invitationModel,
  learnerIdOf,
  learnerModel,
  membershipModel,
  noticeMailModel,
  noticeModel,
  outcomeRowModel,
  ownPhotoModel,
  photoModel,
  provisioningLogModel,
  renameOfferModel,
  runModel,
  teamModel,
} from '../src/index.ts';

const makers = [
  commandOutcomeModel,
  conflictModel,
  invitationModel,
  learnerModel,
  membershipModel,
  noticeMailModel,
  noticeModel,
  outcomeRowModel,
  ownPhotoModel,
  photoModel,
  provisioningLogModel,
  renameOfferModel,
  runModel,
  teamModel,
] as const;

describe('the collections', () => {
  let mongo: RealMongo;
  let connection: Connection;

  beforeAll(async () => {
    mongo = await startMongo();
    connection = await connectMongo({ uri: mongo.uri(), appName: 'learners-test' });
    for (const model of makers) model(connection);
    await ensureIndexes(connection);
  }, 120_000);
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
    await mongo.stop();
  });

  it('may be asked for by every service that shares a connection', () => {
    expect(learnerModel(connection)).toBe(learnerModel(connection));
  });

  it('are made once, however often a service starts', async () => {
    await expect(ensureIndexes(connection)).resolves.toBeUndefined();

    const collections = await connection.listCollections();
    expect(collections.map(({ name }) => name).sort()).toEqual([
      ...[
        'commandOutcomes',
        'conflicts',
        'invitations',
        'learners',
        'memberships',
        'noticeMails',
        'notices',
        'outcomeRows',
        'ownPhotos',
        'photos',
        'provisioningLog',
        'renameOffers',
        'runs',
        'teams',
      ],
    ]);
  });

  const learner = (organisationId: string, personId: string | null, _id: string) => ({
    ...{ _id, organisationId, active: true, createdAt: new Date(0), updatedAt: new Date(0) },
    sources: { microsoft: personId === null ? null : { personId } },
  });

  it('have one learner for a person of an organisation, and many without a person', async () => {
    const learners = learnerModel(connection);
    const id = learnerIdOf('acme', 'microsoft', 'person-1');
    await learners.create(learner('acme', 'person-1', id));

    await expect(learners.create(learner('acme', 'person-1', 'another'))).rejects.toThrow(/duplicate key/u);
    await learners.create(learner('globex', 'person-1', 'elsewhere'));
    await learners.create(learner('acme', null, 'by-hand-1'));
    await learners.create(learner('acme', null, 'by-hand-2'));
    expect(await learners.countDocuments()).toBe(4);
  });

  const photo = (number: number) => ({
    ...{ _id: `lrn_${number}`, organisationId: 'acme', personId: `person-${number}`, version: '1', runId: 'run-1' },
    ...(number % 2 ? { mediaType: 'image/png', etag: 'etag', bytes: Buffer.from('photo') } : {}),
  });

  it.each([
    ['an organisation', { organisationId: 'acme' }],
    ['a run', { runId: 'run-1' }],
  ])('count the photos of %s without reading one', async (_what, of) => {
    const photos = photoModel(connection);
    await photos.deleteMany({});
    await photos.insertMany([1, 2, 3].map(photo));

    const found = photos.find({ ...of, mediaType: { $in: ['image/png', 'image/jpeg'] } }, { _id: 0, mediaType: 1 });
    const plan = (await found.clone().explain('executionStats')) as unknown as {
      executionStats: { nReturned: number; totalDocsExamined: number };
    };

    expect(plan.executionStats).toMatchObject({ nReturned: 2, totalDocsExamined: 0 });
  });

  interface Explained {
    readonly executionStats: { readonly nReturned: number; readonly totalDocsExamined: number };
  }

  it.each([
    ['everybody', {}, 5],
    ['who is in the group', { 'sources.microsoft.active': true }, 2],
    ['who is active', { active: true }, 3],
    ['leavers of whom a version is kept', { tombstone: true }, 1],
  ])('count %s without reading anybody', async (_who, kind, count) => {
    const learners = learnerModel(connection);
    await learners.deleteMany({ organisationId: 'umbrella' });
    const person = (n: number, active: boolean, more: object = {}) => ({
      ...{ ...learner('umbrella', null, `umbrella-${n}`), active },
      ...more,
    });
    const inGroup = (n: number) => ({ sources: { microsoft: { personId: `p${n}`, active: true } } });
    await learners.collection.insertMany([
      ...[person(1, true, inGroup(1)), person(2, true, inGroup(2)), person(3, true), person(4, false)],
      person(5, false, { tombstone: true }),
    ] as never);

    const filter: object = { organisationId: 'umbrella', ...kind };
    const found = learners.find(filter, { _id: 0, organisationId: 1 });
    const plan = (await found.explain('executionStats')) as unknown as Explained;

    expect(plan.executionStats).toMatchObject({ nReturned: count, totalDocsExamined: 0 });
  });
});
