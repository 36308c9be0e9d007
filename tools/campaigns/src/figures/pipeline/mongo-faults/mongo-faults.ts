import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { stateRecord } from '../../identity/stage/states.ts';
import { createDraw } from '../../provisioning/simulation/draw.ts';
import { streamProblems } from '../states/expected-learners.ts';
import { publishSteadily } from '../states/publish-steadily.ts';
import { stateStream } from '../states/state-stream.ts';
import { onWriters, type RunningWriters } from '../writers/running-writers.ts';
import { BreakableMongo } from './breakable-mongo.ts';
import { offsetsAhead } from './offsets-ahead.ts';

const STEPDOWNS = 20;
const KILLS = 10;
const OUTAGE_SECONDS = 60;
const LEAST_OUTAGE_SECONDS = 3;
/** Published while each fault comes. */
const EVENTS_A_FAULT = 300;
const PER_SECOND = 150;
const PATIENCE_MS = 180_000;
/** Between the beginning of a part of the stream and the fault. */
const INTO_IT_MS = 1_200;

/** What happens to MongoDB; seconds are how long it is away after a kill. */
type Fault = { readonly kind: 'stepdown' } | { readonly kind: 'kill'; readonly seconds: number };

interface Outcome {
  readonly problems: readonly string[];
  /** Offsets that were ahead of what MongoDB had. */
  readonly ahead: readonly string[];
  readonly events: number;
}

/** MongoDB elects anew, dies and is away, under writers. */
export async function mongoFaults(run: CampaignRun): Promise<Measurement> {
  const stepdowns = Array.from({ length: run.part(STEPDOWNS) }, (): Fault => ({ kind: 'stepdown' }));
  const kills = Array.from({ length: run.part(KILLS) }, (): Fault => ({ kind: 'kill', seconds: 0 }));
  const seconds = Math.max(run.part(OUTAGE_SECONDS), LEAST_OUTAGE_SECONDS);
  const faults = createDraw(run.seed).shuffled([...stepdowns, ...kills, { kind: 'kill', seconds } as const]);
  const { problems, ahead, events } = await breakMongo(undefined, run, faults);
  return {
    measured:
      `${problems.length} wrong of ${events} events and ${ahead.length} offsets ahead after ` +
      `${stepdowns.length} stepdowns, ${kills.length} kills and ${seconds} s without MongoDB`,
    ok: problems.length === 0 && ahead.length === 0,
    notes: [...ahead, ...problems].slice(0, 20),
  };
}

export const mongoFaultsCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { ahead } = await breakMongo(variant, run, [{ kind: 'kill', seconds: 0 }]);
    return { measured: ahead[0] ?? 'no offset is ahead', ok: ahead.length > 0 };
  };

async function breakMongo(variant: string | undefined, run: CampaignRun, faults: readonly Fault[]): Promise<Outcome> {
  const mongo = await BreakableMongo.start();
  try {
    return await onWriters({ count: 1, variant, mongoUri: mongo.uri() }, async (writers) => {
      const events = faults.length * EVENTS_A_FAULT;
      const states = stateStream(createDraw(run.seed), { organisations: 12, people: 15, events });
      const ahead: string[] = [];
      for (const [number, fault] of faults.entries()) {
        run.progress(`fault ${number + 1} of ${faults.length}: ${fault.kind}`);
        const part = states.slice(number * EVENTS_A_FAULT, (number + 1) * EVENTS_A_FAULT);
        const publishing = publishSteadily(writers.bus, part.map(stateRecord), PER_SECOND);
        await sleep(INTO_IT_MS);
        if (fault.kind === 'stepdown') await mongo.stepDown(writers.connection);
        else ahead.push(...(await killMongo(mongo, writers, fault.seconds)));
        await publishing;
      }
      run.progress('waiting for the end');
      await writers.offsets.untilConsumed(PATIENCE_MS);
      return { problems: await streamProblems(writers.connection, states), ahead, events: states.length };
    });
  } finally {
    await mongo.stop();
  }
}

/** Nothing is applied between the kill and the look: the writers die before MongoDB is back. */
async function killMongo(mongo: BreakableMongo, writers: RunningWriters, seconds: number): Promise<string[]> {
  await mongo.kill();
  await sleep(seconds * 1_000);
  const committed = await writers.offsets.committed();
  for (const one of writers.running) await writers.kill(one);
  await mongo.restart();
  const ahead = await offsetsAhead(writers, committed);
  await writers.start();
  return ahead;
}
