import { type RealKafka, startKafka } from '@learnamp/testkit';

let kafka: Promise<RealKafka> | undefined;
let isAway = false;

/** The broker of all rows of this process; it ends with it. A row that failed while it was away leaves nothing to the next. */
export async function theKafka(): Promise<RealKafka> {
  const found = await (kafka ??= started());
  if (isAway) await found.restart();
  return found;
}

async function started(): Promise<RealKafka> {
  const real = await startKafka({ own: true });
  return {
    brokers: real.brokers,
    stop: () => real.stop(),
    kill: async () => {
      isAway = true;
      await real.kill();
    },
    restart: async () => {
      await real.restart();
      isAway = false;
    },
  };
}
