import mongoose, { type Connection } from 'mongoose';

export interface MongoOptions {
  /** A replica set's address; the database is the path. */
  readonly uri: string;
  /** Shown in MongoDB's own logs and `currentOp`. */
  readonly appName: string;
}

/**
 * Connects with the concerns that make "accepted" mean durable: majority-acknowledged, journalled writes, and majority
 * reads, so that nothing read can be rolled back. Collections and indexes are made by `ensureIndexes`, never by accident.
 */
export async function connectMongo({ uri, appName }: MongoOptions): Promise<Connection> {
  return mongoose
    .createConnection(uri, {
      appName,
      autoCreate: false,
      autoIndex: false,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      serverSelectionTimeoutMS: 10_000,
    })
    .asPromise()
    .catch((cause: unknown) => {
      throw new Error(`MongoDB can't be reached: ${cause instanceof Error ? cause.message : 'no reason given'}`, {
        cause,
      });
    });
}
