// A process that decides one batch and holds the next one for ever, so that it can be killed in the middle of it.
import { openBus, type BusAddress } from './child-bus.ts';

const [address = '', groupId = '', topic = ''] = process.argv.slice(2);
const bus = openBus(JSON.parse(address) as BusAddress);
let batches = 0;

await bus.consume({
  groupId,
  topics: [topic],
  maxBatch: 5,
  handle: (records) => {
    batches += 1;
    if (batches === 1) return Promise.resolve(records.map(() => ({ kind: 'done' as const })));
    process.stdout.write(`holding ${String(records[0]?.offset)}\n`);
    return new Promise(() => undefined);
  },
});
