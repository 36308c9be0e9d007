import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import {
  deltaLinkModel,
  groupNodeModel,
  heldSetModel,
  personRecordModel,
  subscriptionModel,
  workRecordModel,
} from '../src/index.ts';

const makers = [
  deltaLinkModel,
  groupNodeModel,
  heldSetModel,
  personRecordModel,
  subscriptionModel,
  workRecordModel,
] as const;

describe('the collections', () => {
  let mongo: RealMongo;
  let connection: Connection;

  beforeAll(async () => {
    mongo = await startMongo();
    connection = await connectMongo({ uri: mongo.uri(), appName: 'sync-state-test' });
    for (const model of makers) model(connection);
    await ensureIndexes(connection);
  }, 120_000);
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
    await mongo.stop();
  });

  it('are made once, however often a service starts', async () => {
    await expect(ensureIndexes(connection)).resolves.toBeUndefined();

    const collections = await connection.listCollections();
    expect(collections.map(({ name }) => name).sort()).toEqual(
      ['deltaLinks', 'groupNodes', 'heldSets', 'personRecords', 'subscriptions', 'workRecords'].sort(),
    );
  });

  it.each([
    ['who is held', { 'proposal.heldSince': { $gt: new Date(0) } }, 'proposal.heldSince'],
    ['of whom a run wants a change', { 'proposal.runId': 'r' }, 'proposal.runId'],
    ['who changed lately', { 'changed.at': { $gt: new Date(0) } }, 'changed.at'],
  ])('find people %s without reading the others', async (_who, filter, key) => {
    const people = personRecordModel(connection);

    const plan = JSON.stringify(await people.find({ organisationId: 'o', ...filter }).explain('queryPlanner'));

    expect(plan).toContain(`"${key}":1`);
    expect(plan).not.toContain('COLLSCAN');
  });
});
