import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { connectMongo, ensureIndexes } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { createOutboxMail, outboxModel } from '../../src/index.ts';
import { mailContract } from './mail-contract.ts';

describe('the outbox', () => {
  let mongo: RealMongo;
  let connection: Connection;

  beforeAll(async () => {
    mongo = await startMongo();
    connection = await connectMongo({ uri: mongo.uri(), appName: 'outbox-test' });
    outboxModel(connection);
    await ensureIndexes(connection);
  }, 120_000);
  afterAll(async () => {
    await connection.close();
    await mongo.stop();
  });
  beforeEach(async () => {
    await outboxModel(connection).deleteMany({});
  });

  mailContract(() => ({
    send: createOutboxMail(outboxModel(connection), () => new Date(0)),
    arrived: async () => {
      const mails = await outboxModel(connection).find().lean();
      return mails.map(({ to, subject, text, html }) => ({ address: to.address, subject, text, html }));
    },
  }));
});
