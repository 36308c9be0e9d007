import mongoose from 'mongoose';
import { enterSimulation } from '../simulation/surroundings.ts';
import { checkHistories } from './check-histories.ts';
import type { Order } from './order.ts';

const { uri, ...options } = JSON.parse(process.argv[2] ?? '') as Order;
// Nothing here outlives a crash of MongoDB, so nobody waits for its journal.
const settings = { autoCreate: false, autoIndex: false, writeConcern: { w: 1, journal: false } } as const;
const connection = await mongoose.createConnection(uri, settings).asPromise();
const onHistory = (number: number) => process.send?.({ number });
const tally = await checkHistories({ connection, surroundings: enterSimulation() }, { ...options, onHistory });
await connection.dropDatabase();
// Processes that died in a history still hold their timers.
process.send?.({ tally }, () => process.exit(0));
