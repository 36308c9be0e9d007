// A process that publishes without end and says what was acknowledged, so that it can be killed in the middle of it.
import { openBus, type BusAddress } from './child-bus.ts';

const [address = '', topic = ''] = process.argv.slice(2);
const bus = openBus(JSON.parse(address) as BusAddress);

for (let number = 0; ; number += 1) {
  const value = Buffer.from(String(number));
  await bus.publish([{ topic, partitionBy: `organisation-${number % 5}`, key: String(number), value }]);
  process.stdout.write(`${number}\n`);
}
