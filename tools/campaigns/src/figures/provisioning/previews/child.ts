import { addressIn, registerVariants } from '../../variants/loader.ts';
import type { Message, Order } from './in-child.ts';
import { mistakes } from './mistakes.ts';

const { uri, mistake, ...options } = JSON.parse(process.argv[2] ?? '') as Order;
// Before anything of the services is loaded.
registerVariants({ variants: mistakes, places: ['apps', 'libs', 'tools/campaigns'] });
const addressOf = (module: string) => {
  const url = import.meta.resolve(module);
  return mistake === undefined ? url : addressIn(url, mistake);
};

const { default: mongoose } = await import('mongoose');
const { enterSimulation } = (await import(
  addressOf('../simulation/surroundings.js')
)) as typeof import('../simulation/surroundings.ts');
const { checkPreviews } = (await import(addressOf('./check-previews.js'))) as typeof import('./check-previews.ts');

const say = (message: Message, then: () => void = () => undefined) => process.send?.(message, then);

// Nothing here outlives a crash of MongoDB, so nobody waits for its journal.
const settings = { autoCreate: false, autoIndex: false, writeConcern: { w: 1, journal: false } } as const;
const connection = await mongoose.createConnection(uri, settings).asPromise();
const place = { connection, surroundings: enterSimulation() };
const tally = await checkPreviews(place, options, (number) => say({ number }));
await connection.dropDatabase();
say({ tally }, () => process.exit(0));
