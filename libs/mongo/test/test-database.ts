import { startMongo } from '@learnamp/testkit';
import { type Connection, Schema } from 'mongoose';
import { connectMongo } from '../src/index.ts';

export interface TestDatabase {
  readonly connection: Connection;
  close(): Promise<void>;
}

/** A database of its own on a real replica set. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const mongo = await startMongo();
  const connection = await connectMongo({ uri: mongo.uri(), appName: 'mongo-test' });
  return {
    connection,
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
      await mongo.stop();
    },
  };
}

export interface Note {
  readonly _id: string;
  readonly version: string | null;
  readonly text: string;
  readonly label?: string;
}

export const noteSchema = new Schema<Note>(
  { _id: { type: String, required: true }, version: String, text: String, label: String },
  { collection: 'notes', versionKey: false },
);
noteSchema.index({ label: 1 }, { unique: true, sparse: true });
