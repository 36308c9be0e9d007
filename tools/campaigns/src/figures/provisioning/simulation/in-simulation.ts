import { startMongo } from '@learnamp/testkit';
import mongoose from 'mongoose';
import type { Place } from '../histories/run-history.ts';
import { enterSimulation } from './surroundings.ts';

/** Does something in a simulation on a real MongoDB. For a process of its own, which is in the simulation for good. */
export async function inSimulation<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  const mongo = await startMongo();
  // Nothing here outlives a crash of MongoDB, so nobody waits for its journal.
  const settings = { autoCreate: false, autoIndex: false, writeConcern: { w: 1, journal: false } } as const;
  const connection = await mongoose.createConnection(mongo.uri(), settings).asPromise();
  try {
    return await work({ connection, surroundings: enterSimulation() });
  } finally {
    await connection.dropDatabase();
    await connection.close();
    await mongo.stop();
  }
}
