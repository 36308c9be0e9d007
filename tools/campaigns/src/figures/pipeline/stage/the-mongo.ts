import { type RealMongo, startMongo } from '@learnamp/testkit';

let mongo: Promise<RealMongo> | undefined;

/** The MongoDB of all rows of this process that don't break it; it ends with the process. */
export const theMongo = (): Promise<RealMongo> => (mongo ??= startMongo());
