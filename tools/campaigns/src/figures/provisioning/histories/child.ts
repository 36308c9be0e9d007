import { loadVariant } from '../variants/loader.ts';
import { variants } from '../variants/variants.ts';
import type { Order } from './order.ts';

const { uri, variant: id, ...options } = JSON.parse(process.argv[2] ?? '') as Order;
const variant = variants.find((one) => one.id === id);
// Before anything of the services is loaded.
if (variant) loadVariant(variant);

const { default: mongoose } = await import('mongoose');
const { enterSimulation } = await import('../simulation/surroundings.ts');
const { checkHistories } = await import('./check-histories.ts');

// Nothing here outlives a crash of MongoDB, so nobody waits for its journal.
const settings = { autoCreate: false, autoIndex: false, writeConcern: { w: 1, journal: false } } as const;
const connection = await mongoose.createConnection(uri, settings).asPromise();
const onHistory = (number: number) => process.send?.({ number });
const tally = await checkHistories({ connection, surroundings: enterSimulation() }, { ...options, onHistory });
await connection.dropDatabase();
// Processes that died in a history still hold their timers.
process.send?.({ tally }, () => process.exit(0));
