import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import mongoose from 'mongoose';

import { freshDatabaseName, withDatabase } from '../../src/mongod/mongo-address.ts';

/** The driver's own reading of a connection string. */
function readByDriver(uri: string): {
  database: string;
  source: string | undefined;
  hosts: number;
  set: string | undefined;
} {
  const { options } = new mongoose.mongo.MongoClient(uri);
  return {
    database: options.dbName,
    source: options.credentials?.source,
    hosts: options.hosts.length,
    set: options.replicaSet,
  };
}

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const anAddress = fc.record({
  login: fc.option(name),
  hosts: fc.integer({ min: 1, max: 3 }),
  database: fc.option(name),
  set: fc.option(name),
});

describe('withDatabase', () => {
  it('changes the database and nothing else that the driver reads', () => {
    fc.assert(
      fc.property(anAddress, name, ({ login, hosts, database, set }, wanted) => {
        const hostList = Array.from({ length: hosts }, (_, index) => `host${index}:27017`).join(',');
        const path = `/${database ?? ''}${set === null ? '' : `?replicaSet=${set}`}`;
        const uri = `mongodb://${login === null ? '' : `${login}:secret@`}${hostList}${path}`;

        const changed = readByDriver(withDatabase(uri, wanted));

        expect(changed).toEqual({ ...readByDriver(uri), database: wanted });
      }),
    );
  });

  it('reads an address without a path', () => {
    expect(withDatabase('mongodb://localhost:27017', 'acme')).toBe('mongodb://localhost:27017/acme');
  });

  it('rejects what is no connection string', () => {
    expect(() => withDatabase('localhost:27017', 'acme')).toThrow(/starts with mongodb:/);
  });
});

describe('freshDatabaseName', () => {
  it('never repeats itself', () => {
    expect(new Set(Array.from({ length: 1000 }, freshDatabaseName)).size).toBe(1000);
  });
});
