import { addressIn, registerVariants } from '../../variants/loader.ts';
import { variants } from '../variants/variants.ts';
import type { Order } from './order.ts';

const { uri, variant, ...options } = JSON.parse(process.argv[2] ?? '') as Order;
// Before anything of the services is loaded.
registerVariants({ variants, places: ['apps', 'libs', 'tools/campaigns'] });
const addressOf = (module: string) => {
  const url = import.meta.resolve(module);
  return variant === undefined ? url : addressIn(url, variant);
};

const { default: mongoose } = await import('mongoose');
const { enterSimulation } = (await import(
  addressOf('../simulation/surroundings.js')
)) as typeof import('../simulation/surroundings.ts');
const { checkHistories } = (await import(addressOf('./check-histories.js'))) as typeof import('./check-histories.ts');

// Nothing here outlives a crash of MongoDB, so nobody waits for its journal.
const settings = { autoCreate: false, autoIndex: false, writeConcern: { w: 1, journal: false } } as const;
const connection = await mongoose.createConnection(uri, settings).asPromise();
const onHistory = (number: number) => process.send?.({ number });
const tally = await checkHistories({ connection, surroundings: enterSimulation() }, { ...options, onHistory });
await connection.dropDatabase();
// Processes that died in a history still hold their timers.
process.send?.({ tally }, () => process.exit(0));
