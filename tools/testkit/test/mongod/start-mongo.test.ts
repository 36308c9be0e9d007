import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';

import { startMongo, type RealMongo, type StartMongoOptions } from '../../src/mongod/start-mongo.ts';

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

let dataDirectory: string;
const open: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'learnamp-data-'));
});

afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function started(options: StartMongoOptions = {}): Promise<RealMongo> {
  const mongo = await startMongo({ own: true, ...options });
  open.push(mongo);
  return mongo;
}

async function connected(mongo: RealMongo, database?: string): Promise<Client> {
  const client = await mongoose.mongo.MongoClient.connect(mongo.uri(database), { serverSelectionTimeoutMS: 5000 });
  open.push({ stop: () => client.close() });
  return client;
}

describe('startMongo', () => {
  it('is a replica set in which an aborted transaction leaves nothing and a committed one leaves all', async () => {
    const client = await connected(await started());
    const people = client.db().collection('people');
    const inTransaction = (name: string, act: 'abort' | 'commit'): Promise<unknown> =>
      client.withSession(async (session) => {
        session.startTransaction();
        await people.insertMany([{ name }, { name }], { session });
        await (act === 'abort' ? session.abortTransaction() : session.commitTransaction());
      });

    await inTransaction('aborted', 'abort');
    await inTransaction('committed', 'commit');

    expect(await people.distinct('name')).toEqual(['committed']);
    expect(await people.countDocuments()).toBe(2);
  }, 60_000);

  it('gives a fresh database with each address and the named one where a name is given', async () => {
    const mongo = await started();

    const names = [mongo.uri(), mongo.uri()].map((uri) => new URL(uri).pathname);

    expect(new Set(names).size).toBe(2);
    expect(new URL(mongo.uri('acme')).pathname).toBe('/acme');
  }, 60_000);

  it('keeps the data of a folder, on another port and after a crash', async () => {
    const first = await started({ dataDirectory });
    await (
      await connected(first, 'kept')
    )
      .db()
      .collection('people')
      .insertOne({ name: 'Ada' }, { writeConcern: { w: 'majority', journal: true } });
    process.kill(first.pid ?? 0, 'SIGKILL');
    await first.stop();

    const second = await started({ dataDirectory });

    const found = await (await connected(second, 'kept')).db().collection('people').find().toArray();
    expect(new URL(second.uri()).port).not.toBe(new URL(first.uri()).port);
    expect(found.map(({ name }) => name as string)).toEqual(['Ada']);
  }, 60_000);

  it('refuses a folder that another server works in, and names that process', async () => {
    const first = await started({ dataDirectory });

    const failure = startMongo({ own: true, dataDirectory, folderPatienceMs: 0 });

    await expect(failure).rejects.toMatchObject({ code: 'data-folder-in-use' });
    await expect(failure).rejects.toThrow(`(process ${first.pid ?? 'none'})`);
  }, 60_000);

  it('refuses a given port that is in use', async () => {
    const first = await started();
    const port = Number(new URL(first.uri()).port);

    await expect(startMongo({ own: true, port })).rejects.toMatchObject({ code: 'port-in-use' });
  }, 60_000);
});
